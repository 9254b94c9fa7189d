"""Maximum likelihood: the same as minimum KL to the empirical distribution.

(1/N) sum_i log q(x_i) = -H(p_hat) - KL(p_hat || q), where p_hat puts 1/N on each example. H does
not depend on q, so both have one solution. If p_data lies within the family of q, the fit tends to
it as N grows.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences
from tfgan.studies.theory import chart, finding

_TRUE = 1.5, 0.8  # mean and deviation
_COUNT = 10_000
_TILTS = np.linspace(-1.5, 1.5, 301)


def measure():
    """Fits a Gaussian in two ways, and a tilted die by likelihood and by KL: Finding."""
    true = divergences.Gaussian(_TRUE[0], _TRUE[1] ** 2)
    samples = true.sample(_COUNT, seed=0)[:, 0]
    fitted = divergences.Gaussian.fit(samples)
    by_gradient = _by_gradient(samples)
    mean, deviation = fitted.mean[0], np.sqrt(fitted.covariance[0, 0])
    error = _TRUE[1] / np.sqrt(_COUNT)
    costs, divergence, entropy = _die()
    log_likelihood = fitted.log_density(samples)
    return finding.Finding(
        "argmax of the mean log q(x_i) = argmin KL(p_hat || q): the two differ by the entropy of "
        "p_hat; for a Gaussian the answer is the samples' mean and their variance over N.",
        "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 2.1",
        (
            finding.near("mean of the fit to 10,000 draws", mean, _TRUE[0], 4 * error),
            finding.near("deviation of the fit", deviation, _TRUE[1], 4 * error / np.sqrt(2)),
            finding.near("mean by gradient ascent, closed form", by_gradient[0], mean, 1e-6),
            finding.near("deviation by gradient ascent", by_gradient[1], deviation, 1e-6),
            finding.at_most(
                "|-mean log q - KL - H(p_hat)| at its largest, 301 models",
                np.abs(costs - divergence - entropy).max(),
                1e-12,
            ),
            finding.near(
                "best model by likelihood and by KL",
                _TILTS[np.argmin(costs)],
                _TILTS[np.argmin(divergence)],
                0.0,
            ),
            finding.near(
                "product of 10,000 densities, underflows",
                np.prod(np.exp(log_likelihood)),
                0.0,
                0.0,
            ),
            finding.at_least("their sum of logarithms does not", log_likelihood.sum(), -1e6),
        ),
        (_density_chart(samples, true, fitted), _die_chart(costs, divergence)),
    )


def _by_gradient(samples):
    """(mean, deviation) by gradient ascent on the mean log-likelihood, in float64."""
    mean, log_deviation = tf.Variable(0.0, dtype=tf.float64), tf.Variable(0.0, dtype=tf.float64)
    x = tf.constant(samples, tf.float64)
    for _ in range(300):
        with tf.GradientTape() as tape:
            scaled = (x - mean) / tf.exp(log_deviation)
            cost = tf.reduce_mean(0.5 * scaled**2) + log_deviation
        for variable, slope in zip(
            (mean, log_deviation), tape.gradient(cost, (mean, log_deviation)), strict=True
        ):
            variable.assign_sub(0.2 * slope)
    return float(mean), float(np.exp(log_deviation))


def _die():
    """The cost of dice q_k ~ exp(t k), for every tilt t: by likelihood and by KL, and H(p_hat)."""
    faces = np.arange(6)
    thrown = np.random.default_rng(1).choice(6, 200, p=[0.05, 0.1, 0.1, 0.15, 0.25, 0.35])
    p_hat = np.bincount(thrown, minlength=6) / len(thrown)
    weights = np.exp(np.outer(_TILTS, faces))
    dice = weights / weights.sum(axis=1, keepdims=True)
    costs = np.array([-np.mean(np.log(q[thrown])) for q in dice])
    divergence = np.array([divergences.kullback_leibler(p_hat, q) for q in dice])
    return costs, divergence, divergences.entropy(p_hat)


def _density_chart(samples, true, fitted):
    x = np.linspace(-2.0, 5.0, 141)
    counts, edges = np.histogram(samples, bins=35, range=(-2.0, 5.0))
    histogram = counts / (len(samples) * (edges[1] - edges[0]))
    return chart.Chart(
        "Density estimation: samples, their source and the fit",
        "x",
        "density",
        (
            chart.Line("samples", (edges[1:] + edges[:-1]) / 2, histogram, "points"),
            chart.Line("p_data", x, np.exp(true.log_density(x))),
            chart.Line("maximum likelihood", x, np.exp(fitted.log_density(x)), "dashed"),
        ),
    )


def _die_chart(costs, divergence):
    return chart.Chart(
        "Two costs, one minimum: models of 200 throws of a die",
        "tilt t of q_k ~ exp(t k)",
        "nats",
        (
            chart.Line("-mean log q(x_i)", _TILTS, costs),
            chart.Line("KL(p_hat || q)", _TILTS, divergence),
        ),
    )
