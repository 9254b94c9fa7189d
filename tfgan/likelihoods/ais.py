"""Annealed importance sampling: the normalizing constant of an unnormalized density.

f_b is a family of unnormalized densities: f_0 has a known constant Z_0 and can be sampled, f_1 is
the density of interest. A chain starts at a sample of f_0 and moves at b_1 < b_2 < ... < b_K = 1 by
transitions that leave f_b invariant; its weight is

  w = prod_k f_{b_k}(x_{k-1}) / f_{b_{k-1}}(x_{k-1}),   E w = Z_1 / Z_0.

Source: Neal 2001, https://arxiv.org/abs/physics/9803008; Salakhutdinov & Murray 2008,
https://dl.acm.org/doi/10.1145/1390156.1390266.
"""

import dataclasses
import math

import numpy as np

from tfgan.likelihoods.iwae import log_mean_exp


@dataclasses.dataclass(frozen=True)
class LogNormalizer:
    """An estimate of log Z: unbiased for Z, so low on average for log Z, and high for likelihoods.

    Attributes:
      log_z: float, nats.
      standard_error: float, nats, of log Z from the spread of the weights; too small if few chains
        carry the weight. 0 for an exact log Z.
      effective_chains: float in 1 .. chains, (sum w)^2 / sum w^2.
    """

    log_z: float
    standard_error: float
    effective_chains: float


def anneal(log_density, transition, start, betas, log_z0):
    """The normalizing constant, estimated by several chains: LogNormalizer.

    Args:
      log_density: function (x, b) -> log f_b(x), float `[chains]`.
      transition: function (x, b) -> x, one step that leaves f_b invariant.
      start: x, samples of f_0, one per chain, in any form that the two functions take.
      betas: floats from 0 to 1, rising.
      log_z0: float, log Z_0.
    Raises: ValueError for betas that do not rise from 0 to 1.
    """
    betas = np.asarray(betas, np.float64)
    is_range = betas.ndim == 1 and len(betas) > 1 and betas[0] == 0 and betas[-1] == 1
    if not is_range or np.any(np.diff(betas) <= 0):
        raise ValueError("betas must rise from 0 to 1.")
    x, log_weights = start, np.float64(0.0)
    for before, now in zip(betas[:-1], betas[1:], strict=True):
        log_weights = log_weights + (log_density(x, now) - log_density(x, before))
        if now < 1.0:
            x = transition(x, now)
    return of_weights(log_weights, log_z0)


def of_weights(log_weights, log_z0):
    """The estimate from log-weights, float `[chains]`, two or more, in nats: LogNormalizer."""
    count = len(log_weights)
    weights = np.exp(log_weights - np.max(log_weights))
    error = weights.std(ddof=1) / (weights.mean() * math.sqrt(count))
    effective = weights.sum() ** 2 / np.sum(weights**2)
    return LogNormalizer(float(log_z0 + log_mean_exp(log_weights)), float(error), float(effective))
