"""With D* from its formula, each generator's cost descends a divergence.

For a D held fixed at D* = p / (p + q), the slope of the cost by the generator's parameters is that
of

    minimax              2 JSD(p, q)
    non-saturating       KL(q || p) - 2 JSD(p, q)
    maximum likelihood   KL(p || q)

so the non-saturating game has the fixed points of the minimax game, not its objective. The data are
N(0, 1), the generator G(z) = m + exp(l) z. Expectations are integrals over a grid of z.
"""

import numpy as np
import tensorflow as tf

from tfgan import divergences, losses
from tfgan.studies.theory import chart, finding

_Z = np.linspace(-12.0, 12.0, 2401)
_X = np.linspace(-20.0, 20.0, 4001)
_CELL = _X[1] - _X[0]
_START = 2.0, np.log(0.8)
_RATE = 0.05


def measure(steps=400):
    """Compares slopes with differences of divergences, then descends: Finding."""
    pairs = {
        "minimax": losses.minimax(),
        "non-saturating": losses.non_saturating(),
        "maximum likelihood": losses.maximum_likelihood(),
    }
    errors = {name: _slope_error(pairs[name], _DESCENDED[name]) for name in pairs}
    curves = {name: _descend(pair, steps) for name, pair in pairs.items()}
    zero_sum = curves["minimax"]
    return finding.Finding(
        "At D = D*, grad E[log(1 - D(G(z)))] = grad 2 JSD, grad E[-log D(G(z))] = grad (KL(q || p) "
        "- 2 JSD), grad E[-D / (1 - D)] = grad KL(p || q); gradient descent on JSD ends at 0.",
        "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Proposition 2; Arjovsky & Bottou "
        "2017, https://arxiv.org/abs/1701.04862, Theorem 2.5; Goodfellow 2016, "
        "https://arxiv.org/abs/1701.00160, section 3.2.4",
        (
            *(
                finding.at_most(f"{name}: largest error of a slope", error, 1e-4)
                for name, error in errors.items()
            ),
            finding.at_least("minimax: JSD at the start", zero_sum[0], 0.3),
            finding.at_most(
                "minimax: largest rise of the JSD in a step", np.diff(zero_sum).max(), 1e-9
            ),
            *(
                finding.near(f"{name}: JSD after {steps} steps", curve[-1], 0.0, 1e-6)
                for name, curve in curves.items()
            ),
        ),
        (
            chart.Chart(
                "Descending with the optimal discriminator: N(2, 0.8^2) towards N(0, 1)",
                "step",
                "JSD(p, q) in nats",
                tuple(chart.Line(n, np.arange(len(y)), y) for n, y in curves.items()),
                log_y=True,
            ),
        ),
    )


def _jensen_shannon(parameters):
    return divergences.jensen_shannon(*_densities(parameters), _CELL)


def _covering(parameters):
    return divergences.kullback_leibler(*_densities(parameters), _CELL)


def _seeking(parameters):
    return divergences.reverse_kullback_leibler(*_densities(parameters), _CELL)


_DESCENDED = {
    "minimax": lambda at: 2.0 * _jensen_shannon(at),
    "non-saturating": lambda at: _seeking(at) - 2.0 * _jensen_shannon(at),
    "maximum likelihood": _covering,
}


def _densities(parameters):
    mean, log_deviation = parameters
    generated = divergences.Gaussian(mean, np.exp(2.0 * log_deviation))
    return [np.exp(each.log_density(_X)) for each in (divergences.Gaussian(0.0, 1.0), generated)]


def _slope_error(pair, divergence):
    """Between the slopes at the start and central differences of a divergence: the largest."""
    step = 1e-4
    differences = [
        (divergence(_START + step * axis) - divergence(_START - step * axis)) / (2.0 * step)
        for axis in np.eye(2)
    ]
    return np.abs(_slopes_of(pair)(_START) - differences).max()


def _slopes_of(pair):
    """Function (m, l) -> the slopes of a generator's cost by them, where D stays D* of (m, l)."""
    weights = np.exp(divergences.Gaussian(0.0, 1.0).log_density(_Z)) * (_Z[1] - _Z[0])

    @tf.function
    def slopes(parameters):
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            x = parameters[0] + tf.exp(parameters[1]) * _Z
            mean, log_deviation = tf.unstack(tf.stop_gradient(parameters))  # those of D*
            log_ratio = 0.5 * tf.square((x - mean) * tf.exp(-log_deviation)) + log_deviation
            logits = log_ratio - 0.5 * tf.square(x)  # log p - log q, the logit of D*
            cost = pair.generator(tf.zeros_like(logits), logits)
            cost = tf.reduce_sum(tf.cast(cost, tf.float64) * weights)
        return tape.gradient(cost, parameters)

    return lambda parameters: slopes(tf.constant(parameters, tf.float64)).numpy()


def _descend(pair, steps):
    """The JSD before and after each step: float64 `[steps + 1]`."""
    parameters, slopes = np.array(_START), _slopes_of(pair)
    curve = [_jensen_shannon(parameters)]
    for _ in range(steps):
        parameters = parameters - _RATE * slopes(parameters)
        curve.append(_jensen_shannon(parameters))
    return np.array(curve)
