"""Minimax, non-saturating and maximum likelihood: the slopes that a fake with logit a receives.

    minimax              log(1 - D)      slope -D, nothing for fakes that are recognized
    non-saturating       -log D          slope -(1 - D), most for fakes that are recognized
    maximum likelihood   -D / (1 - D)    slope -exp(a), nearly all from the few best fakes

D = sigma(a); here without the factor 1/2 of the tutorial.
"""

import numpy as np
import tensorflow as tf

from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, lines
from tfgan.studies.theory.finding import at_most, experiment, near

_LOGITS = np.linspace(-6.0, 6.0, 121)
_DEVIATION = 2.0  # of the logits of a batch of fakes
_UPPER_DECILE = 1.2815515655446004  # of N(0, 1)


@experiment(
    "Three costs of the generator: which fakes drive its gradient",
    "d/da of log(1 - D) is -D, of -log D is -(1 - D), of -D / (1 - D) is -exp(a): where "
    "D(G(z)) is near 0, the minimax cost is flat and the non-saturating one steep.",
    "Goodfellow 2016, https://arxiv.org/abs/1701.00160, sections 3.2.1 to 3.2.4 and Figure 16",
)
def measure():
    """Differentiates the library's losses automatically."""
    d = small_games.sigmoid(_LOGITS)
    expected = {"minimax": -d, "non-saturating": -(1.0 - d), "maximum likelihood": -d / (1.0 - d)}
    pairs = small_games.generator_losses()
    costs, slopes = {}, {}
    for name, pair in pairs.items():
        costs[name], slopes[name] = _cost_and_slope(pair, _LOGITS)
    shown = np.abs(_LOGITS) <= 3.0  # beyond, one curve would flatten the others
    for name in pairs:
        error = np.abs(slopes[name] / expected[name] - 1.0).max()
        yield at_most(f"{name}: largest relative error of the slope", error, 1e-4)
    for name, slope in (("minimax", -1 / 400), ("non-saturating", -399 / 400)):
        _, [measured] = _cost_and_slope(pairs[name], [-np.log(399.0)])  # D = 1/400
        yield near(f"slope at D = 1/400: {name}", measured, slope, 1e-6)
    normal = np.random.default_rng(0).normal(0.0, _DEVIATION, 200_000)
    _, sorted_slopes = _cost_and_slope(pairs["maximum likelihood"], np.sort(normal))
    best_tenth = sorted_slopes[-len(normal) // 10 :]
    yield near(
        "maximum likelihood: share of the best tenth of the fakes",
        best_tenth.sum() / sorted_slopes.sum(),
        0.5 + 0.5 * tf.math.erf((_DEVIATION - _UPPER_DECILE) / np.sqrt(2.0)),
        0.02,
    )
    yield Chart(
        "Cost of a fake by the probability that D assigns to it",
        "D(G(z))",
        "cost",
        lines(d[shown], {name: cost[shown] for name, cost in costs.items()}),
    )
    yield Chart(
        "Slope of the generator's cost, by the logit of the fake",
        "logit a; D(G(z)) = sigma(a)",
        "|d cost / da|",
        lines(_LOGITS, {name: np.abs(slope) for name, slope in slopes.items()}),
        log_y=True,
    )


def _cost_and_slope(pair, logits):
    """(cost, its slope by the logit) of fakes: float64 `[n]` each."""
    fake = tf.constant(logits, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(fake)
        cost = pair.generator(tf.zeros_like(fake), fake)
    return np.asarray(cost, np.float64), np.asarray(tape.gradient(cost, fake), np.float64)
