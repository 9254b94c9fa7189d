"""Divergences of two distributions: the mathematics of adversarial training.

Everything is NumPy in float64: exact values to compare losses (`tfgan.losses`) and trained networks
with. Six subjects:

    discrete       divergences of probabilities, or of densities on a grid
    f_divergences  f, its derivative, its convex conjugate, the bound of f-GAN
    minimax_game   V(D, G), the optimal discriminator and C(G) = -log 4 + 2 JSD
    gaussian       closed forms for Gaussians, and their maximum likelihood
    transport      the earth mover's distance W1, exact
    monte_carlo    the same from log densities at samples, with standard errors

Symbols: p is the distribution of the data, q that of the generator; logarithms are natural, so
divergences are in nats. p and q are arrays of one shape; with `cell`, the length, area or volume
that each point of a grid stands for, they are densities, and without it (1) probabilities.
Arguments of another shape or range, or whose sum of p * cell is not 1, are a ValueError.

>>> from tfgan import divergences
>>> round(divergences.kullback_leibler([0.5, 0.5], [0.25, 0.75]), 6)
0.143841
>>> divergences.wasserstein1([0.0, 1.0], [2.0, 3.0])
2.0
"""

from tfgan.divergences.discrete import (
    cross_entropy,
    entropy,
    jensen_shannon,
    kullback_leibler,
    neyman_chi2,
    pearson_chi2,
    reverse_kullback_leibler,
    squared_hellinger,
    total_variation,
)
from tfgan.divergences.f_divergences import FAMILY, FDivergence
from tfgan.divergences.gaussian import Gaussian
from tfgan.divergences.minimax_game import criterion, optimal_discriminator, value
from tfgan.divergences.monte_carlo import (
    Estimate,
    estimate_f_divergence,
    estimate_jensen_shannon,
    estimate_kullback_leibler,
    estimate_mean,
    estimate_value,
)
from tfgan.divergences.transport import optimal_transport, wasserstein1

__all__ = [
    "FAMILY", "Estimate", "FDivergence", "Gaussian", "criterion", "cross_entropy", "entropy",
    "estimate_f_divergence", "estimate_jensen_shannon", "estimate_kullback_leibler",
    "estimate_mean", "estimate_value", "jensen_shannon", "kullback_leibler", "neyman_chi2",
    "optimal_discriminator", "optimal_transport", "pearson_chi2", "reverse_kullback_leibler",
    "squared_hellinger", "total_variation", "value", "wasserstein1",
]  # fmt: skip
