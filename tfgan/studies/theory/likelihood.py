"""Maximum likelihood: the same as minimum KL to the empirical distribution.

(1/N) sum_i log q(x_i) = -H(p_hat) - KL(p_hat || q), where p_hat puts 1/N on each example. H does
not depend on q, so both have one solution. If p_data lies within the family of q, the fit tends to
it as N grows.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences
from tfgan.studies.theory.chart import Chart, Line, lines
from tfgan.studies.theory.densities import histogram
from tfgan.studies.theory.finding import at_least, at_most, experiment, near

_MEAN, _DEVIATION = 1.5, 0.8
_COUNT = 10_000
_TILTS = np.linspace(-1.5, 1.5, 301)


@experiment(
    "Maximum likelihood is minimum KL to the empirical distribution",
    "argmax of the mean log q(x_i) = argmin KL(p_hat || q): the two differ by the entropy of "
    "p_hat; for a Gaussian the answer is the samples' mean and their variance over N.",
    "Goodfellow 2016, https://arxiv.org/abs/1701.00160, section 2.1",
)
def measure():
    """Fits a Gaussian in two ways, and a tilted die by likelihood and by KL."""
    true = divergences.Gaussian(_MEAN, _DEVIATION**2)
    samples = true.sample(_COUNT, seed=0)[:, 0]
    fitted = divergences.Gaussian.fit(samples)
    ascended_mean, ascended_deviation = _by_gradient(samples)
    mean, deviation = fitted.mean[0], np.sqrt(fitted.covariance[0, 0])
    error = _DEVIATION / np.sqrt(_COUNT)
    costs, divergence, entropy = _die()
    log_likelihood = fitted.log_density(samples)
    x = np.linspace(-2.0, 5.0, 141)
    yield near("mean of the fit to 10,000 draws", mean, _MEAN, 4 * error)
    yield near("deviation of the fit", deviation, _DEVIATION, 4 * error / np.sqrt(2))
    yield near("mean by gradient ascent, closed form", ascended_mean, mean, 1e-6)
    yield near("deviation by gradient ascent", ascended_deviation, deviation, 1e-6)
    difference = np.abs(costs - divergence - entropy).max()
    yield at_most("|-mean log q - KL - H(p_hat)| at its largest, 301 models", difference, 1e-12)
    by_likelihood, by_kl = (_TILTS[np.argmin(values)] for values in (costs, divergence))
    yield near("best model by likelihood and by KL", by_likelihood, by_kl, 0.0)
    yield near("product of 10,000 densities, underflows", np.prod(np.exp(log_likelihood)), 0.0, 0.0)
    yield at_least("their sum of logarithms does not", log_likelihood.sum(), -1e6)
    yield Chart(
        "Density estimation: samples, their source and the fit",
        "x",
        "density",
        (
            Line("samples", *histogram(samples, -2.0, 5.0, 35), "points"),
            Line("p_data", x, np.exp(true.log_density(x))),
            Line("maximum likelihood", x, np.exp(fitted.log_density(x)), "dashed"),
        ),
    )
    yield Chart(
        "Two costs, one minimum: models of 200 throws of a die",
        "tilt t of q_k ~ exp(t k)",
        "nats",
        lines(_TILTS, {"-mean log q(x_i)": costs, "KL(p_hat || q)": divergence}),
    )


def _by_gradient(samples):
    """(mean, deviation) by gradient ascent on the mean log-likelihood, in float64."""
    mean, log_deviation = variables = [tf.Variable(0.0, dtype=tf.float64) for _ in range(2)]
    x = tf.constant(samples, tf.float64)
    for _ in range(300):
        with tf.GradientTape() as tape:
            scaled = (x - mean) / tf.exp(log_deviation)
            cost = tf.reduce_mean(0.5 * scaled**2) + log_deviation
        for variable, slope in zip(variables, tape.gradient(cost, variables), strict=True):
            variable.assign_sub(0.2 * slope)
    return float(mean), float(np.exp(log_deviation))


def _die():
    """The cost of dice q_k ~ exp(t k), for every tilt t: by likelihood and by KL, and H(p_hat)."""
    faces = np.arange(6)
    throws = np.random.default_rng(1).choice(6, 200, p=[0.05, 0.1, 0.1, 0.15, 0.25, 0.35])
    p_hat = np.bincount(throws, minlength=6) / len(throws)
    weights = np.exp(np.outer(_TILTS, faces))
    dice = weights / weights.sum(axis=1, keepdims=True)
    costs = np.array([-np.mean(np.log(q[throws])) for q in dice])
    divergence = np.array([divergences.kullback_leibler(p_hat, q) for q in dice])
    return costs, divergence, divergences.entropy(p_hat)
