"""Tools on latents: paths, means, sums, neighbors, traversals, directions, projection.

Latents are dicts of NumPy arrays `[n, ...]` by the name of the generator's input, as `Run.latents`
returns them; results have the same form, so that `Run.generate` computes their images. What a prior
draws decides how its latents may be changed: most functions have the prior as their first argument,
and return what it could have drawn.

    run = tfgan.open_run("runs/a")
    points = run.latents(count=2)
    path = latents.through(run.model.prior, points, count=9)
    images = run.generate(path)

>>> import numpy as np
>>> from tfgan import latents, priors
>>> points = {"latent": np.float64([[3.0, 0.0], [0.0, 4.0]])}
>>> latents.through(priors.Normal(2), points, count=3)["latent"].round(3).tolist()
[[3.0, 0.0], [2.475, 2.475], [0.0, 4.0]]
"""

from tfgan.latents.arithmetic import arithmetic, mean
from tfgan.latents.directions import Directions, move, pca, probe, regress, sefa
from tfgan.latents.interpolation import between, interpolate, modes_of
from tfgan.latents.neighborhoods import around
from tfgan.latents.paths import segments, through
from tfgan.latents.projection import descend, moving_parts
from tfgan.latents.support import nearest, parts
from tfgan.latents.traversals import traverse

__all__ = [
    "Directions", "arithmetic", "around", "between", "descend", "interpolate", "mean", "modes_of",
    "move", "moving_parts", "nearest", "parts", "pca", "probe", "regress", "sefa", "segments",
    "through", "traverse",
]  # fmt: skip
