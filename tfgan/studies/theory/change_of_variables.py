"""E_z[h(G(z))] = integral of q(x) h(x): why the proof may replace z by x.

G(z) = sinh(z) has the density q(x) = N(asinh x; 0, 1) / sqrt(1 + x^2), where 1 / sqrt(1 + x^2) is
dz / dx. h is the generator's part of the value, log(1 - D), with a network for D.
"""

import keras
import numpy as np

from tfgan import divergences, losses, priors, rng
from tfgan.networks import mlp
from tfgan.studies.theory import small_games
from tfgan.studies.theory.chart import Chart, Line
from tfgan.studies.theory.densities import histogram, log_normal
from tfgan.studies.theory.finding import experiment, near, near_mean

_COUNT = 200_000


@experiment(
    "Expectations over z are expectations over x",
    "E_z[log(1 - D(G(z)))] = integral q(x) log(1 - D(x)) dx with q(x) = p_z(G^-1(x)) |dz/dx|; "
    "for a finite z the expectation is the mean over its values.",
    "Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, proof of Proposition 1",
)
def measure():
    """Compares means over z with integrals over x."""
    keras.utils.set_random_seed(0)
    network = mlp.discriminator((1,), widths=(32,), activation="tanh")
    z = np.asarray(priors.Normal(1)(_COUNT, rng.stream(0, 0, "latent"))["latent"], np.float64)[:, 0]
    samples = np.sinh(z)
    x, cell = _grid()
    density = _density(x)
    yield near("mass of q", np.sum(density * cell), 1.0, 1e-6)
    share = np.mean((samples > 0.5) & (samples < 2.0))
    mass = np.sum((density * cell)[(x > 0.5) & (x < 2.0)])
    yield near("share of G(z) in (0.5, 2), by q", share, mass, 0.005)
    over_z = divergences.estimate_mean(_cost(network, samples))
    over_x = np.sum(density * _cost(network, x) * cell)
    yield near_mean("E_z of log(1 - D(G(z))), 200,000 draws, by q", over_z, over_x)
    finite = _cost(network, np.sinh(np.linspace(-2.0, 2.0, 16)))
    draws = np.asarray(rng.categorical(rng.stream(0, 0, "finite"), _COUNT, 16))
    over_draws = divergences.estimate_mean(finite[draws])
    yield near_mean("16 values of z: mean of 200,000 draws", over_draws, finite.mean())
    shown = np.linspace(-6.0, 6.0, 241)
    yield Chart(
        "G(z) = sinh(z): a histogram of samples and the density by the formula",
        "x",
        "density",
        (
            Line("200,000 samples", *histogram(samples, -6.0, 6.0, 60), "points"),
            Line("p_z(G^-1(x)) |dz/dx|", shown, _density(shown)),
        ),
    )


def _cost(network, x):
    """The library's log(1 - D(x)), float64 `[n]`."""
    logits = small_games.logits(network, x)
    return np.asarray(losses.minimax_generator_loss(np.zeros_like(logits), logits), np.float64)


def _grid():
    """(x, length of the cells): even in log |x|, as the tails of q are long."""
    z = np.linspace(-7.0, 7.0, 20_001)  # less than 1e-11 of the mass lies beyond
    edges = np.sinh((z[1:] + z[:-1]) / 2)
    return np.sinh(z[1:-1]), np.diff(edges)


def _density(x):
    return np.exp(log_normal(np.arcsinh(x), 0.0, 1.0)) / np.hypot(1.0, x)
