"""With D* from its formula, each generator's cost descends a divergence.

For a D held fixed at D* = p / (p + q), the gradient of the cost by the generator's parameters is
that of

    minimax              2 JSD(p, q)
    non-saturating       KL(q || p) - 2 JSD(p, q)
    maximum likelihood   KL(p || q)

so the non-saturating game has the fixed points of the minimax game, but not its objective. The data
are N(0, 1), the generator is G(z) = m + exp(l) z. Expectations are integrals over a grid of z.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, lines
from tfgan.studies.theory.densities import Grid
from tfgan.studies.theory.finding import at_least, at_most, experiment, near

_Z = Grid(-12.0, 12.0, 2401)
_X = Grid(-20.0, 20.0, 4001)
_START = 2.0, np.log(0.8)  # m, l
_RATE = 0.05


@experiment(
    "Descending the game at D* descends a divergence",
    "At D = D*, grad E[log(1 - D(G(z)))] = grad 2 JSD, grad E[-log D(G(z))] = grad (KL(q || p) "
    "- 2 JSD), grad E[-D / (1 - D)] = grad KL(p || q); gradient descent on JSD ends at 0.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Proposition 2; Arjovsky & Bottou "
    "2017, https://arxiv.org/abs/1701.04862, Theorem 2.5; Goodfellow 2016, "
    "https://arxiv.org/abs/1701.00160, section 3.2.4",
)
def measure(steps=400):
    """Compares gradients with differences of divergences, then descends."""
    pairs = small_games.generator_losses()
    curves = {name: _descend(pair, steps) for name, pair in pairs.items()}
    minimax = curves["minimax"]
    for name, pair in pairs.items():
        error = _gradient_error(pair, _DIVERGENCES[name])
        yield at_most(f"{name}: largest error of a slope", error, 1e-4)
    yield at_least("minimax: JSD at the start", minimax[0], 0.3)
    yield at_most("minimax: largest rise of the JSD in a step", np.diff(minimax).max(), 1e-9)
    for name, curve in curves.items():
        yield near(f"{name}: JSD after {steps} steps", curve[-1], 0.0, 1e-6)
    yield Chart(
        "Descending with the optimal discriminator: N(2, 0.8^2) towards N(0, 1)",
        "step",
        "JSD(p, q) in nats",
        lines(np.arange(steps + 1), curves),
        log_y=True,
    )


def _jensen_shannon(parameters):
    return divergences.jensen_shannon(*_densities(parameters), _X.cell)


_DIVERGENCES = {
    "minimax": lambda at: 2.0 * _jensen_shannon(at),
    "non-saturating": lambda at: (
        divergences.reverse_kullback_leibler(*_densities(at), _X.cell) - 2.0 * _jensen_shannon(at)
    ),
    "maximum likelihood": lambda at: divergences.kullback_leibler(*_densities(at), _X.cell),
}


def _densities(parameters):
    mean, log_deviation = parameters
    generated = divergences.Gaussian(mean, np.exp(2.0 * log_deviation))
    return _X.normal(0.0, 1.0), np.exp(generated.log_density(_X.x))


def _gradient_error(pair, divergence):
    """Largest error of the gradient at the start, against central differences of a divergence."""
    step = 1e-4
    differences = [
        (divergence(_START + step * axis) - divergence(_START - step * axis)) / (2.0 * step)
        for axis in np.eye(2)
    ]
    return np.abs(_gradient(pair)(_START) - differences).max()


def _gradient(pair):
    """Function (m, l) -> the gradient of a generator's cost, where D stays D* of (m, l)."""
    weights = _Z.normal(0.0, 1.0) * _Z.cell

    @tf.function
    def gradient(parameters):
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            x = parameters[0] + tf.exp(parameters[1]) * _Z.x
            mean, log_deviation = tf.unstack(tf.stop_gradient(parameters))  # those of D*
            log_ratio = 0.5 * tf.square((x - mean) * tf.exp(-log_deviation)) + log_deviation
            logits = log_ratio - 0.5 * tf.square(x)  # log p - log q, the logit of D*
            cost = pair.generator(tf.zeros_like(logits), logits)
            cost = tf.reduce_sum(tf.cast(cost, tf.float64) * weights)
        return tape.gradient(cost, parameters)

    return lambda parameters: gradient(tf.constant(parameters, tf.float64)).numpy()


def _descend(pair, steps):
    """The JSD before and after each step: float64 `[steps + 1]`."""
    parameters, gradient = np.array(_START), _gradient(pair)
    curve = [_jensen_shannon(parameters)]
    for _ in range(steps):
        parameters = parameters - _RATE * gradient(parameters)
        curve.append(_jensen_shannon(parameters))
    return np.array(curve)
