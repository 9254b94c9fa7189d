"""Minimax, non-saturating and maximum likelihood: the slopes that a fake with logit a receives.

    minimax              log(1 - D)      slope -D, nothing for fakes that are recognized
    non-saturating       -log D          slope -(1 - D), most for fakes that are recognized
    maximum likelihood   -D / (1 - D)    slope -exp(a), nearly all from the few best fakes

D = sigma(a); here without the factor 1/2 of the tutorial.
"""

import numpy as np
import tensorflow as tf

from tfgan import losses
from tfgan.studies.theory import chart, finding, small_games

_LOGITS = np.linspace(-6.0, 6.0, 121)
_SPREAD = 2.0  # deviation of the logits of a batch of fakes
_UPPER_DECILE = 1.2815515655446004  # of N(0, 1)


def measure():
    """Takes the slopes of the library's losses by automatic differentiation: Finding."""
    d = small_games.sigmoid(_LOGITS)
    expected = {
        "minimax": -d,
        "non-saturating": -(1.0 - d),
        "maximum likelihood": -d / (1.0 - d),
    }
    pairs = {
        "minimax": losses.minimax(),
        "non-saturating": losses.non_saturating(),
        "maximum likelihood": losses.maximum_likelihood(),
    }
    found = {name: _cost_and_slope(pair, _LOGITS) for name, pair in pairs.items()}
    slopes = {name: slope for name, (_, slope) in found.items()}
    normal = np.random.default_rng(0).normal(0.0, _SPREAD, 200_000)
    return finding.Finding(
        "d/da of log(1 - D) is -D, of -log D is -(1 - D), of -D / (1 - D) is -exp(a): where D "
        "is sure of a fake, the minimax cost is flat and the non-saturating one steep.",
        "Goodfellow 2016, https://arxiv.org/abs/1701.00160, sections 3.2.1 to 3.2.4 and Figure 16",
        (
            *(
                finding.at_most(
                    f"{name}: largest relative error of the slope",
                    np.abs(slopes[name] / expected[name] - 1.0).max(),
                    1e-4,
                )
                for name in pairs
            ),
            finding.near(
                "slope at D = 1/400: minimax", _slope_at(pairs["minimax"], 1 / 400), -1 / 400, 1e-6
            ),
            finding.near(
                "slope at D = 1/400: non-saturating",
                _slope_at(pairs["non-saturating"], 1 / 400),
                -399 / 400,
                1e-6,
            ),
            finding.near(
                "maximum likelihood: share of the best tenth of the fakes",
                _share_of_the_best_tenth(pairs["maximum likelihood"], normal),
                _normal_cdf(_SPREAD - _UPPER_DECILE),
                0.02,
            ),
        ),
        (
            _cost_chart({name: cost for name, (cost, _) in found.items()}, d),
            _slope_chart(slopes),
        ),
    )


def _cost_and_slope(pair, logits):
    """(cost, its slope by the logit) of fakes: float64 `[n]` each."""
    fake = tf.constant(logits, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(fake)
        cost = pair.generator(tf.zeros_like(fake), fake)
    return np.asarray(cost, np.float64), np.asarray(tape.gradient(cost, fake), np.float64)


def _slope_at(pair, probability):
    """The slope for a fake that D takes for real with this probability."""
    return _cost_and_slope(pair, [np.log(probability / (1.0 - probability))])[1][0]


def _share_of_the_best_tenth(pair, logits):
    """How much of the whole slope a tenth of the fakes, those of the largest logits, receives."""
    slopes = _cost_and_slope(pair, np.sort(logits))[1]
    return slopes[-len(slopes) // 10 :].sum() / slopes.sum()


def _normal_cdf(x):
    return float(0.5 + 0.5 * tf.math.erf(x / np.sqrt(2.0)))


def _cost_chart(costs, d):
    shown = np.abs(_LOGITS) <= 3.0  # beyond, one curve would flatten the others
    return chart.Chart(
        "Cost of a fake by what D takes it for",
        "D(G(z))",
        "cost",
        tuple(chart.Line(name, d[shown], y[shown]) for name, y in costs.items()),
    )


def _slope_chart(slopes):
    return chart.Chart(
        "How much a fake teaches the generator, by its logit",
        "logit a; D(G(z)) = sigma(a)",
        "|d cost / da|",
        tuple(chart.Line(name, _LOGITS, np.abs(y)) for name, y in slopes.items()),
        log_y=True,
    )
