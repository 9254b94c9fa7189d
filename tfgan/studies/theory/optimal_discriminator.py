"""D* = p / (p + q): a discriminator trained between two known densities, against the formula.

The generator stands still at q = N(1.5, 0.7^2), the data are p = N(0, 1).
"""

import keras
import numpy as np

from tfgan import divergences, losses
from tfgan.networks import mlp
from tfgan.studies.theory import chart, finding, small_games

_P, _Q = (0.0, 1.0), (1.5, 0.7)
_X = np.linspace(-9.0, 9.0, 1801)
_CELL = _X[1] - _X[0]


def measure(steps=700):
    """Trains with the loss of the original game, plain and smoothed: Finding."""
    p, q = (np.exp(divergences.Gaussian(m, s**2).log_density(_X)) for m, s in (_P, _Q))
    optimal = divergences.optimal_discriminator(p, q)
    plain = _trained(losses.minimax(), steps)
    smoothed = _trained(losses.minimax(real_target=0.9), steps)
    seen = p + q
    best = divergences.criterion(p, q, _CELL)
    reached = divergences.value(plain, p, q, _CELL)
    shown = slice(400, 1401, 5)
    return finding.Finding(
        "For a fixed generator V(D, G) is largest at D*(x) = p(x) / (p(x) + q(x)), point by point; "
        "with one-sided smoothing to t at t D*.",
        "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Proposition 1; smoothing: "
        "Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.4",
        (
            finding.at_most("root mean square of D - D*", _distance(plain, optimal, seen), 0.02),
            finding.at_most(
                "root mean square of D - 0.9 D*, target 0.9",
                _distance(smoothed, 0.9 * optimal, seen),
                0.02,
            ),
            finding.at_most("V(D, G), no larger than that of D*", reached, best),
            finding.near("V(D, G)", reached, best, 0.005),
        ),
        (
            chart.Chart(
                "A trained discriminator and the optimal one",
                "x",
                "D(x), densities",
                (
                    chart.Line("D* = p / (p + q)", _X[shown], optimal[shown], "dashed"),
                    chart.Line("D trained", _X[shown], plain[shown]),
                    chart.Line("D trained, target 0.9", _X[shown], smoothed[shown]),
                    chart.Line("p, the data", _X[shown], p[shown]),
                    chart.Line("q, the generator", _X[shown], q[shown]),
                ),
            ),
        ),
    )


def _trained(loss, steps):
    """D(x) on the grid after training."""
    keras.utils.set_random_seed(0)
    model = small_games.play(
        small_games.affine_generator(*_Q),
        mlp.discriminator((1,), widths=(32, 32), activation="tanh"),
        small_games.gaussian(*_P),
        loss,
        (small_games.still(), small_games.adam(1e-2, steps)),
        steps,
        batch_size=512,
    )
    return small_games.sigmoid(small_games.logits(model.discriminator, _X))


def _distance(found, expected, weights):
    return small_games.weighted_rms(found - expected, weights)
