"""One Gaussian for two modes: KL(p || q) covers both, KL(q || p) settles on one.

p = 1/2 N(-2, 1/2^2) + 1/2 N(2, 1/2^2). KL(p || q) over Gaussians q is minimal where q has the mean
and the variance of p, 0 and 4 + 1/4. KL(q || p) is minimal close to one component, and has a worse
minimum over both modes, which is why the descent has several starts.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.densities import Grid, log_normal
from tfgan.studies.theory.finding import at_least, experiment, near

_MODE, _DEVIATION = 2.0, 0.5
_STARTS = 0.5, 3.0
_GRID = Grid(-16.0, 16.0, 3201)


@experiment(
    "One direction of KL covers the modes, the other seeks one",
    "argmin KL(p || q) has the mean and variance of p (mode covering); argmin KL(q || p) sits "
    "on one mode (mode seeking).",
    "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 3.2.5 and Figure 14",
)
def measure(steps=400):
    """Descends both directions on a grid, from the same starts."""
    modes = (log_normal(_GRID.x, mean, _DEVIATION) for mean in (-_MODE, _MODE))
    log_p = np.logaddexp(*modes) - np.log(2)
    p = np.exp(log_p)
    covering, seeking = (_best(log_p, direction, steps) for direction in ("p || q", "q || p"))
    densities = [_GRID.normal(*moments) for moments in (covering, seeking)]
    reverse = [divergences.reverse_kullback_leibler(p, q, _GRID.cell) for q in densities]
    forward = [divergences.kullback_leibler(p, q, _GRID.cell) for q in densities]
    yield near("KL(p || q): mean", covering[0], 0.0, 1e-3)
    yield near("KL(p || q): deviation", covering[1], np.hypot(_MODE, _DEVIATION), 1e-3)
    yield near("KL(q || p): |mean|", abs(seeking[0]), _MODE, 0.02)
    yield near("KL(q || p): deviation", seeking[1], _DEVIATION, 0.02)
    yield near("KL(q || p) of the seeker, half of p", reverse[1], np.log(2), 0.01)
    yield at_least("by how much the coverer is worse in KL(q || p)", reverse[0] - reverse[1], 0.1)
    yield at_least("by how much the seeker is worse in KL(p || q)", forward[1] - forward[0], 0.1)
    shown = slice(1100, 2101, 4)
    x = _GRID.x[shown]
    yield Chart(
        "The best Gaussian for a mixture, by the direction of KL",
        "x",
        "density",
        (
            Line("p, two modes", x, p[shown], "dashed"),
            Line("argmin KL(p || q)", x, densities[0][shown]),
            Line("argmin KL(q || p)", x, densities[1][shown]),
        ),
    )


def _best(log_p, direction, steps):
    """The best Gaussian that gradient descent reaches from any start N(m, 1): its moments."""
    x = tf.constant(_GRID.x)

    @tf.function
    def cost_and_slopes(mean, log_deviation):
        with tf.GradientTape() as tape:
            tape.watch((mean, log_deviation))
            log_q = -0.5 * ((x - mean) * tf.exp(-log_deviation)) ** 2 - log_deviation
            log_q -= 0.5 * np.log(2.0 * np.pi)
            if direction == "p || q":
                cost = _GRID.cell * tf.reduce_sum(tf.exp(log_p) * (log_p - log_q))
            else:
                cost = _GRID.cell * tf.reduce_sum(tf.exp(log_q) * (log_q - log_p))
        return cost, *tape.gradient(cost, (mean, log_deviation))

    ends = []
    for start in _STARTS:
        mean, log_deviation = tf.constant(start, tf.float64), tf.constant(0.0, tf.float64)
        for _ in range(steps):
            cost, mean_slope, log_deviation_slope = cost_and_slopes(mean, log_deviation)
            mean, log_deviation = mean - 0.1 * mean_slope, log_deviation - 0.1 * log_deviation_slope
        ends.append((float(cost), float(mean), float(np.exp(log_deviation))))
    return min(ends)[1:]
