"""One Gaussian for two modes: KL(p || q) covers both, KL(q || p) settles on one.

p = 1/2 N(-2, 1/2^2) + 1/2 N(2, 1/2^2). KL(p || q) over Gaussians q is least where q has the mean
and the variance of p, 0 and 4 + 1/4, which is also maximum likelihood. KL(q || p) punishes q where
p is nearly 0, between the modes, so its minimum is close to one component. It has a second, worse
one over both modes, which is why the descent has several starts.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences
from tfgan.studies.theory import chart, finding

_MODE, _WIDTH = 2.0, 0.5
_STARTS = 0.5, 3.0
_X = np.linspace(-16.0, 16.0, 3201)
_CELL = _X[1] - _X[0]


def measure(steps=400):
    """Descends both directions on a grid, from the same starts: Finding."""
    log_p = np.logaddexp(_log_normal(_X, -_MODE, _WIDTH), _log_normal(_X, _MODE, _WIDTH)) - np.log(
        2
    )
    p = np.exp(log_p)
    covering, seeking = (_best(_cost(log_p, way), steps) for way in ("p || q", "q || p"))
    densities = [np.exp(_log_normal(_X, *found)) for found in (covering, seeking)]
    reverse = [divergences.reverse_kullback_leibler(p, q, _CELL) for q in densities]
    forward = [divergences.kullback_leibler(p, q, _CELL) for q in densities]
    return finding.Finding(
        "argmin KL(p || q) has the mean and variance of p (mode covering); argmin KL(q || p) sits "
        "on one mode (mode seeking).",
        "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 3.2.5 and Figure 14",
        (
            finding.near("KL(p || q): mean", covering[0], 0.0, 1e-3),
            finding.near("KL(p || q): deviation", covering[1], np.hypot(_MODE, _WIDTH), 1e-3),
            finding.near("KL(q || p): |mean|", abs(seeking[0]), _MODE, 0.02),
            finding.near("KL(q || p): deviation", seeking[1], _WIDTH, 0.02),
            finding.near("KL(q || p) of the seeker, half of p", reverse[1], np.log(2), 0.01),
            finding.at_least(
                "by how much the coverer is worse in KL(q || p)", reverse[0] - reverse[1], 0.1
            ),
            finding.at_least(
                "by how much the seeker is worse in KL(p || q)", forward[1] - forward[0], 0.1
            ),
        ),
        (
            chart.Chart(
                "The best Gaussian for a mixture, by the direction of KL",
                "x",
                "density",
                tuple(
                    chart.Line(name, _X[1100:2101:4], y[1100:2101:4], style)
                    for name, y, style in (
                        ("p, two modes", p, "dashed"),
                        ("argmin KL(p || q)", densities[0], "line"),
                        ("argmin KL(q || p)", densities[1], "line"),
                    )
                ),
            ),
        ),
    )


def _log_normal(x, mean, deviation):
    return divergences.Gaussian(mean, deviation**2).log_density(x)


def _cost(log_p, direction):
    """The function (log q on the grid) -> divergence, in TensorFlow."""
    log_p = tf.constant(log_p)

    def cost(log_q):
        if direction == "p || q":
            return _CELL * tf.reduce_sum(tf.exp(log_p) * (log_p - log_q))
        return _CELL * tf.reduce_sum(tf.exp(log_q) * (log_q - log_p))

    return cost


def _best(cost, steps):
    """(mean, deviation) of the best Gaussian that gradient descent finds from N(m, 1), all m."""
    x = tf.constant(_X)

    @tf.function
    def cost_and_slopes(mean, log_deviation):
        with tf.GradientTape() as tape:
            tape.watch((mean, log_deviation))
            log_q = -0.5 * ((x - mean) * tf.exp(-log_deviation)) ** 2 - log_deviation
            found = cost(log_q - 0.5 * np.log(2.0 * np.pi))
        return found, tape.gradient(found, (mean, log_deviation))

    ends = []
    for start in _STARTS:
        mean, log_deviation = tf.constant(start, tf.float64), tf.constant(0.0, tf.float64)
        for _ in range(steps):
            reached, (of_mean, of_log_deviation) = cost_and_slopes(mean, log_deviation)
            mean, log_deviation = mean - 0.1 * of_mean, log_deviation - 0.1 * of_log_deviation
        ends.append((float(reached), float(mean), float(np.exp(log_deviation))))
    return min(ends)[1:]
