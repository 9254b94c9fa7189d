"""E_z[h(G(z))] = integral of q(x) h(x): why the proof may replace z by x.

G(z) = sinh(z) has the density q(x) = N(asinh x; 0, 1) / sqrt(1 + x^2), where 1 / sqrt(1 + x^2) is
dz / dx. h is the generator's part of the value, log(1 - D), with a network for D.
"""

import keras
import numpy as np

from tfgan import divergences, losses, priors, rng
from tfgan.networks import mlp
from tfgan.studies.theory import chart, finding, small_games

_COUNT = 200_000
_REACH = 7.0  # in z: beyond it lies less than 1e-11


def measure():
    """Compares means over z with integrals over x: Finding."""
    keras.utils.set_random_seed(0)
    network = mlp.discriminator((1,), widths=(32,), activation="tanh")
    z = np.asarray(priors.Normal(1)(_COUNT, rng.stream(0, 0, "latent"))["latent"], np.float64)[:, 0]
    over_z = divergences.estimate_mean(_cost(network, np.sinh(z)))
    x, cell = _grid()
    density = _density(x)
    over_x = np.sum(density * _cost(network, x) * cell)
    finite, by_draws = _finite_prior(network)
    share = np.mean((np.sinh(z) > 0.5) & (np.sinh(z) < 2.0))
    between = np.sum((density * cell)[(x > 0.5) & (x < 2.0)])
    return finding.Finding(
        "E_z[log(1 - D(G(z)))] = integral q(x) log(1 - D(x)) dx with q(x) = p_z(G^-1(x)) |dz/dx|; "
        "for a finite z the expectation is the mean over its values.",
        "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, proof of Proposition 1",
        (
            finding.near("mass of q", np.sum(density * cell), 1.0, 1e-6),
            finding.near("share of G(z) in (0.5, 2), by q", share, between, 0.005),
            finding.near(
                "E_z of log(1 - D(G(z))), 200,000 draws, by q",
                over_z.value,
                over_x,
                4 * over_z.standard_error,
            ),
            finding.near(
                "16 values of z: mean of 200,000 draws",
                by_draws.value,
                finite,
                4 * by_draws.standard_error,
            ),
        ),
        (_chart(np.sinh(z)),),
    )


def _cost(network, x):
    """The library's log(1 - D(x)), float64 `[n]`."""
    logits = small_games.logits(network, x)
    return np.asarray(losses.minimax_generator_loss(np.zeros_like(logits), logits), np.float64)


def _grid():
    """(x, length of the cells): even in log |x|, as the tails of q are long."""
    z = np.linspace(-_REACH, _REACH, 20_001)
    edges = np.sinh((z[1:] + z[:-1]) / 2)
    return np.sinh(z[1:-1]), np.diff(edges)


def _density(x):
    return np.exp(divergences.Gaussian(0.0, 1.0).log_density(np.arcsinh(x))) / np.hypot(1.0, x)


def _finite_prior(network):
    """(exact mean over 16 equally likely values of z, estimate from draws)."""
    costs = _cost(network, np.sinh(np.linspace(-2.0, 2.0, 16)))
    drawn = np.asarray(rng.categorical(rng.stream(0, 0, "finite"), _COUNT, 16))
    return costs.mean(), divergences.estimate_mean(costs[drawn])


def _chart(samples):
    counts, edges = np.histogram(samples, bins=60, range=(-6.0, 6.0))
    x = np.linspace(-6.0, 6.0, 241)
    return chart.Chart(
        "G(z) = sinh(z): a histogram of samples and the density by the formula",
        "x",
        "density",
        (
            chart.Line(
                "200,000 samples",
                (edges[1:] + edges[:-1]) / 2,
                counts / (len(samples) * (edges[1] - edges[0])),
                "points",
            ),
            chart.Line("p_z(G^-1(x)) |dz/dx|", x, _density(x)),
        ),
    )
