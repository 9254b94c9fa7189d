"""`arrays:FILE.npz|FILE.npy`: images, videos, points or latents, and labels, as people save them.

What the arrays are is recognized by their names (`keys`), their shapes (`axes`), their numbers
(`data.pixel_range`) and, for labels, their form (`labels`); it is said in one line. What could be
two things is refused with the choices, which stand behind the name: `arrays:FILE.npz#layout=chw`.

Rows of floats `[n, d]` are points, coordinates that networks see as they are. Rows of a table,
whose columns have scales of their own, and codes of other networks are `#kind=latents`.
"""

from tfgan.data.sources.arrays.opening import kind, open_arrays

__all__ = ["kind", "open_arrays"]
