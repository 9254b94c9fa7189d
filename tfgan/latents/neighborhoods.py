"""Latents near a point, which the prior could have drawn as well.

>>> from tfgan import latents, priors
>>> point, draws = {"latent": np.float32([[0.5]])}, {"latent": np.float32([[-0.5], [0.75]])}
>>> latents.around(priors.Uniform(1), point, draws, reach=0.5)["latent"].tolist()
[[0.0], [0.625]]
"""

import numpy as np

from tfgan.latents import interpolation, support


def around(prior, point, draws, reach, mode="auto"):
    """The points at a fraction of the way from one point to others: dict of arrays `[n, ...]`.

    Under a normal prior they are as long as the point. Classes are those of the point up to a reach
    of a half; seeds of noise, and labels, always are.

    Args:
      prior: `priors.Prior`.
      point: dict of arrays `[1, ...]` by name.
      draws: dict of arrays `[n, ...]`, draws of the prior, which give the directions.
      reach: float in 0..1.
      mode: see `interpolation.modes_of`.
    Raises: ValueError for a reach out of range, more points than one, and as
      `interpolation.between`.
    """
    if not 0.0 <= reach <= 1.0:
        raise ValueError(f"reach must be in 0..1; received {reach}.")
    point, draws = support.check_one(prior, point), support.check(prior, draws, "draws")
    count = len(next(iter(draws.values())))
    starts = {name: np.repeat(rows, count, axis=0) for name, rows in point.items()}
    return interpolation.between(prior, starts, draws, np.full(count, reach), mode)
