"""C(G) = max_D V = -log 4 + 2 JSD(p, q) is minimal for q = p and for no other q.

If: at q = p the best D is 1/2 everywhere and V is -log 4. Only if: C + log 4 = 2 JSD >= TV^2 by
Pinsker's inequality, so a C of -log 4 leaves no set on which p and q differ.
"""

import numpy as np

from tfgan import divergences, losses
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.densities import Grid
from tfgan.studies.theory.finding import at_least, at_most, experiment, near, near_mean

_GRID = Grid(-14.0, 14.0, 2801)
_SHIFTS = np.linspace(-4.0, 4.0, 81)
_LOG_4 = np.log(4.0)


@experiment(
    "The best discriminator leaves -log 4 + 2 JSD",
    "C(G) = V(D*, G) = -log 4 + KL(p || m) + KL(q || m) = -log 4 + 2 JSD(p, q), m = (p + q)/2, "
    "whose minimum -log 4 is reached if and only if q = p.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Theorem 1",
)
def measure():
    """Evaluates generators on a grid, and the library's loss by Monte Carlo."""
    p, cell = _GRID.normal(0.0, 1.0), _GRID.cell
    shifted = [_GRID.normal(shift, 1.0) for shift in _SHIFTS]
    others = [*shifted[:40], *shifted[41:], *_mixtures(200)]
    criteria = np.array([divergences.criterion(p, q, cell) for q in shifted])
    bounds = -_LOG_4 + 2.0 * np.array([divergences.jensen_shannon(p, q, cell) for q in shifted])
    slack = [
        divergences.criterion(p, q, cell) + _LOG_4 - divergences.total_variation(p, q, cell) ** 2
        for q in others
    ]
    few, many = (_by_samples(count) for count in (5_000, 80_000))
    exact = divergences.criterion(p, _GRID.normal(1.0, 1.5), cell)
    error = np.abs(criteria - bounds).max()
    yield at_most("|C - (-log 4 + 2 JSD)| at its largest, 81 generators", error, 1e-12)
    yield near("C at q = p", divergences.criterion(p, p, cell), -_LOG_4, 1e-9)
    yield near("shift of the best generator", _SHIFTS[np.argmin(criteria)], 0.0, 1e-12)
    yield at_least("C + log 4 - TV^2 at its least, 280 q that are not p", min(slack), 0.0)
    distance = _largest_distance(p, shifted[50])
    yield at_most("|argmax of V over D - D*|, searched point by point", distance, 1e-3)
    yield near_mean("-mean loss of D*, 80,000 samples a side, q = N(1, 1.5^2)", many, exact)
    ratio = few.standard_error / many.standard_error
    yield near("error of 5,000 samples over that of 80,000", ratio, 4.0, 0.2)
    yield Chart(
        "What the best discriminator leaves to a generator N(shift, 1)",
        "shift of the generator; the data are N(0, 1)",
        "value V",
        (
            Line("C(G) = V(D*, G)", _SHIFTS, criteria),
            Line("-log 4 + 2 JSD", _SHIFTS, bounds, "points"),
            Line("-log 4", _SHIFTS[[0, -1]], [-_LOG_4] * 2, "dashed"),
        ),
    )


def _mixtures(count):
    """Densities of random pairs of Gaussians."""
    draw = np.random.default_rng(0)
    for _ in range(count):
        share, means, deviations = draw.random(), draw.normal(0, 1.5, 2), draw.uniform(0.3, 1.5, 2)
        one, other = map(_GRID.normal, means, deviations)
        yield share * one + (1.0 - share) * other


def _largest_distance(p, q):
    """Largest |D - D*| of the best of 2,001 values of D(x), where there is any mass."""
    d = np.linspace(0.0, 1.0, 2001)[1:-1]
    has_mass = p + q > 1e-6
    values = np.outer(p[has_mass], np.log(d)) + np.outer(q[has_mass], np.log1p(-d))
    best = d[np.argmax(values, axis=1)]
    return np.abs(best - divergences.optimal_discriminator(p, q)[has_mass]).max()


def _by_samples(count):
    """-E[the library's discriminator loss] at D*, whose logit is log p - log q: Estimate."""
    p, q = divergences.Gaussian(0.0, 1.0), divergences.Gaussian(1.0, 1.5**2)
    real, fake = p.sample(count, seed=1), q.sample(count, seed=2)
    logits = [p.log_density(x) - q.log_density(x) for x in (real, fake)]
    return divergences.estimate_mean(-np.asarray(losses.minimax_discriminator_loss(*logits)))
