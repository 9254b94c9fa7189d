"""`arrays:FILE.npz|FILE.npy`: images, videos, points or latents, and labels, as people save them.

What the arrays are is recognized by their names (`keys`), their shapes (`axes`), their numbers
(`decoding.pixel_range`) and, for labels, their form (`labels`), and logged in one line. Ambiguous
arrays are refused with the choices, which are given behind the name: `arrays:FILE.npz#layout=chw`.

Rows of floats `[n, d]` are points, coordinates that networks take as they are. Rows of a table,
whose columns have different scales, and codes of other networks are `#kind=latents`.
"""

from tfgan.data.sources.arrays.opening import kind, open_arrays

__all__ = ["kind", "open_arrays"]
