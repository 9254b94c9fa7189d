"""`arrays:FILE.npz|FILE.npy`: images, videos or points, and labels, as people save them.

What the arrays are is recognized by their names (`keys`), their shapes (`axes`), their numbers
(`data.pixel_range`) and, for labels, their form (`labels`); it is said in one line. What could be
two things is refused with the choices, which stand behind the name: `arrays:FILE.npz#layout=chw`.
"""

from tfgan.data.arrays.opening import open_arrays

__all__ = ["open_arrays"]
