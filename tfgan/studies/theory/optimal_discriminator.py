"""D* = p / (p + q): a discriminator trained between two known densities, against the formula.

The generator is fixed at q = N(1.5, 0.7^2), the data are p = N(0, 1).
"""

from tfgan import divergences, losses
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line, lines
from tfgan.studies.theory.densities import Grid
from tfgan.studies.theory.finding import at_most, experiment, near

_P, _Q = (0.0, 1.0), (1.5, 0.7)  # mean, deviation
_GRID = Grid(-9.0, 9.0, 1801)


@experiment(
    "A trained discriminator is p / (p + q)",
    "For a fixed generator V(D, G) is largest at D*(x) = p(x) / (p(x) + q(x)), point by point; "
    "with one-sided smoothing to t at t D*.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Proposition 1; smoothing: "
    "Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.4",
)
def measure(steps=700):
    """Trains with the loss of the original game, plain and smoothed."""
    p, q = _GRID.normal(*_P), _GRID.normal(*_Q)
    optimal = divergences.optimal_discriminator(p, q)
    plain = _trained(losses.minimax(), steps)
    smoothed = _trained(losses.minimax(real_target=0.9), steps)
    best = divergences.criterion(p, q, _GRID.cell)
    value = divergences.value(plain, p, q, _GRID.cell)
    error = small_games.weighted_rms(plain - optimal, p + q)
    yield at_most("root mean square of D - D*", error, 0.02)
    smoothed_error = small_games.weighted_rms(smoothed - 0.9 * optimal, p + q)
    yield at_most("root mean square of D - 0.9 D*, target 0.9", smoothed_error, 0.02)
    yield at_most("V(D, G), no larger than that of D*", value, best)
    yield near("V(D, G)", value, best, 0.005)
    curves = {
        "D trained": plain,
        "D trained, target 0.9": smoothed,
        "p, the data": p,
        "q, the generator": q,
    }
    shown = slice(400, 1401, 5)
    x = _GRID.x[shown]
    yield Chart(
        "A trained discriminator and the optimal one",
        "x",
        "D(x), densities",
        (
            Line("D* = p / (p + q)", x, optimal[shown], "dashed"),
            *lines(x, {name: y[shown] for name, y in curves.items()}),
        ),
    )


def _trained(loss, steps):
    network = small_games.train_discriminator(
        _P, _Q, loss, steps, learning_rate=1e-2, batch_size=512, widths=(32, 32), activation="tanh"
    )
    return small_games.sigmoid(small_games.logits(network, _GRID.x))
