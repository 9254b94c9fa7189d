"""Sums and means of latents, as the prior could have drawn them.

mean(A) - mean(B) + mean(C) of three latents each has the variance of one latent, (1 + 1 + 1) / 3,
so its length is typical. But of a `Uniform` prior, whose numbers end at its range, about a twelfth
of the numbers of the sum leave it: they are clipped. A mean of three alone has sqrt(1/3) of the
length of one latent. In the range of a `Uniform` prior it stays as it is, as in the paper; for
`Normal`, `TruncatedNormal` and `Sphere` every result is scaled to the mean length of its members.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, section 6.3.2.

>>> from tfgan import latents, priors
>>> a, b = {"latent": np.float32([[0.5, 0.5], [0.5, -0.5]])}, {"latent": np.float32([[-0.75, 0]])}
>>> latents.mean(priors.Uniform(2), a)["latent"].tolist()
[[0.5, 0.0]]
>>> latents.arithmetic(priors.Uniform(2, -0.9), [a], [b])["latent"].round(3).tolist()
[[1.0, 0.0]]
"""

import numpy as np

from tfgan import priors
from tfgan.latents import support

_KEEPS_LENGTH = (priors.Normal, priors.TruncatedNormal, priors.Sphere)


def mean(prior, latents):
    """The mean of latents: dict of arrays `[1, ...]`; args as of `arithmetic`, one group."""
    return arithmetic(prior, [latents])


def arithmetic(prior, add, subtract=()):
    """The sum of the means of some groups, less those of others: dict of arrays `[1, ...]`.

    The class of a `Categorical` part is that of the largest sum. Seeds of `Noise`, psi, and entries
    that the prior does not draw, such as labels, are those of the first latent of the first group.

    Args:
      prior: `priors.Prior`.
      add, subtract: sequences of groups, dicts of arrays `[n, ...]` by name, see
        `runs.Run.latents`; one or more to add.
    Raises: ValueError without a group to add, for an empty group, and as `support.check`.
    """
    groups = [support.check(prior, group, "a group") for group in (*add, *subtract)]
    counts = [len(next(iter(group.values()))) for group in groups]
    if not add or 0 in counts:
        raise ValueError(
            "add must hold one or more groups, and each group one or more latents; received "
            f"{len(add)} groups to add, of the sizes {counts}."
        )
    signs = [1.0] * len(add) + [-1.0] * len(subtract)
    total = {name: rows[:1] for name, rows in groups[0].items()}
    for part in support.parts(prior):
        for name in () if isinstance(part, support.FIXED) else part.shapes:
            rows = [group[name] for group in groups]
            total[name] = _sum(rows, signs, isinstance(part, _KEEPS_LENGTH))
    return support.nearest(prior, total)


def _sum(groups, signs, keeps_length):
    means = [rows.mean(axis=0, keepdims=True, dtype=np.float64) for rows in groups]
    total = sum(sign * each for sign, each in zip(signs, means, strict=True))
    if keeps_length:
        total = support.scaled(total, np.linalg.norm(np.concatenate(groups), axis=1).mean())
    return total.astype(groups[0].dtype)
