"""f-divergences, with the bound that makes each of them a game.

    D_f(p || q) = sum q f(p / q),  f convex
                >= E_p[T] - E_q[f*(T)]  for every function T, equal at T = f'(p / q)

f*(t) = sup_{u >= 0} u t - f(u) is the convex conjugate. A discriminator that maximizes the bound
estimates the divergence, a generator that minimizes it descends the divergence.

    name                      f(u)                            f*(t), and where
    kullback_leibler          u log u                         exp(t - 1)
    reverse_kullback_leibler  -log u                          -1 - log(-t), t < 0
    pearson_chi2              (u - 1)^2                       t^2 / 4 + t
    neyman_chi2               (u - 1)^2 / u                   2 - 2 sqrt(1 - t), t <= 1
    squared_hellinger         1/2 (sqrt u - 1)^2              t / (1 - 2 t), t < 1/2
    jensen_shannon            1/2 (u log u
                              - (u + 1) log((u + 1) / 2))     -1/2 log(2 - exp 2t), t < 1/2 log 2
    gan                       u log u - (u + 1) log(u + 1)    -log(1 - exp t), t < 0
    total_variation           1/2 |u - 1|                     t, t <= 1/2

In `gan`, T = log D: the bound is V(D, G) and D_f = 2 JSD - log 4. The others are 0 at p = q.

Source: Nowozin et al. 2016, https://arxiv.org/abs/1606.00709, Eqs. 2 to 4 and Tables 1, 5 and 6.
Differs: `squared_hellinger` and `jensen_shannon` are half of the paper's, so that they are what
`discrete` computes. u is 0 or more, as a quotient of densities is, which bounds f* from below by
-f(0): for Pearson at t < -2 and for total variation at t < -1/2.

>>> from tfgan.divergences import FAMILY
>>> round(FAMILY["kullback_leibler"].divergence([0.5, 0.5], [0.25, 0.75]), 6)
0.143841
"""

import dataclasses
from collections.abc import Callable

import numpy as np

from tfgan.divergences import checks

_HALF_LOG_2 = 0.5 * np.log(2.0)


@dataclasses.dataclass(frozen=True)
class FDivergence:
    """One f-divergence.

    Attributes:
      name: str.
      function: f, floats u > 0 -> floats.
      derivative: f', floats u > 0 -> floats.
      conjugate: f*, floats t in the domain -> floats.
      limit: float, the least upper bound of the domain of f*, and the limit of f(u) / u for large
        u: the cost of mass of p where q has none.
      at_zero: float, the limit of f(u) at 0: the cost of mass of q where p has none.
      closed: bool, whether the limit itself belongs to the domain.
    """

    name: str
    function: Callable
    derivative: Callable
    conjugate: Callable
    limit: float
    at_zero: float
    closed: bool = False

    def divergence(self, p, q, cell=1.0):
        """D_f(p || q) = sum q f(p / q): float, 0 or more (`gan`: -log 4 or more), or infinity."""
        p, q = checks.pair(p, q, cell)
        ratio = np.full(p.shape, np.nan)
        with np.errstate(over="ignore", divide="ignore"):
            np.divide(p, q, out=ratio, where=(p > 0.0) | (q > 0.0))
        both = np.isfinite(ratio) & (ratio > 0.0)
        shared = np.sum(q[both] * self.function(ratio[both]))
        only_p, only_q = p[np.isposinf(ratio)].sum(), q[ratio == 0.0].sum()
        return float(shared + _cost(only_p, self.limit) + _cost(only_q, self.at_zero))

    def bound(self, values, p, q, cell=1.0):
        """E_p[T] - E_q[f*(T)], at most D_f(p || q): float.

        Args:
          values: float array T of the shape of p, in the domain of f*.
        Raises: ValueError if one is not a distribution, the shapes differ or T leaves the domain.
        """
        p, q = checks.pair(p, q, cell)
        values = np.asarray(values, np.float64)
        if values.shape != p.shape:
            raise ValueError(
                f"values must have the shape of p, {p.shape}; received {values.shape}."
            )
        if not self.contains(values).all():
            sign = "at most" if self.closed else "below"
            raise ValueError(
                f"values must be {sign} {self.limit:.6g}, the domain of the conjugate of "
                f"{self.name}; the largest is {values.max():.6g}."
            )
        return float(np.sum(p * values) - np.sum(q * self.conjugate(values)))

    def contains(self, values):
        """Whether numbers lie in the domain of f*: bool array."""
        values = np.asarray(values, np.float64)
        return (values <= self.limit) if self.closed else (values < self.limit)


def _cost(mass, price):
    """mass * price, without 0 * infinity."""
    return mass * price if mass > 0.0 else 0.0


FAMILY = {
    each.name: each
    for each in (
        FDivergence(
            "kullback_leibler",
            lambda u: u * np.log(u),
            lambda u: 1.0 + np.log(u),
            lambda t: np.exp(t - 1.0),
            limit=np.inf,
            at_zero=0.0,
        ),
        FDivergence(
            "reverse_kullback_leibler",
            lambda u: -np.log(u),
            lambda u: -1.0 / u,
            lambda t: -1.0 - np.log(-t),
            limit=0.0,
            at_zero=np.inf,
        ),
        FDivergence(
            "pearson_chi2",
            lambda u: (u - 1.0) ** 2,
            lambda u: 2.0 * (u - 1.0),
            lambda t: np.where(t < -2.0, -1.0, 0.25 * t**2 + t),
            limit=np.inf,
            at_zero=1.0,
        ),
        FDivergence(
            "neyman_chi2",
            lambda u: (u - 1.0) ** 2 / u,
            lambda u: 1.0 - 1.0 / u**2,
            lambda t: 2.0 - 2.0 * np.sqrt(1.0 - t),
            limit=1.0,
            at_zero=np.inf,
            closed=True,
        ),
        FDivergence(
            "squared_hellinger",
            lambda u: 0.5 * (np.sqrt(u) - 1.0) ** 2,
            lambda u: 0.5 * (1.0 - 1.0 / np.sqrt(u)),
            lambda t: t / (1.0 - 2.0 * t),
            limit=0.5,
            at_zero=0.5,
        ),
        FDivergence(
            "jensen_shannon",
            lambda u: 0.5 * (u * np.log(u) - (u + 1.0) * np.log(0.5 * (u + 1.0))),
            lambda u: 0.5 * np.log(2.0 * u / (u + 1.0)),
            lambda t: -0.5 * np.log(2.0 - np.exp(2.0 * t)),
            limit=_HALF_LOG_2,
            at_zero=_HALF_LOG_2,
        ),
        FDivergence(
            "gan",
            lambda u: u * np.log(u) - (u + 1.0) * np.log1p(u),
            lambda u: np.log(u / (u + 1.0)),
            lambda t: -np.log1p(-np.exp(t)),
            limit=0.0,
            at_zero=0.0,
        ),
        FDivergence(
            "total_variation",
            lambda u: 0.5 * np.abs(u - 1.0),
            lambda u: 0.5 * np.sign(u - 1.0),
            lambda t: np.maximum(t, -0.5),
            limit=0.5,
            at_zero=0.5,
            closed=True,
        ),
    )
}
