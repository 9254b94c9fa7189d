"""The log-likelihood of test data under a Gaussian kernel around each sample.

The first GAN papers report it. In many dimensions it is not informative: training examples can
score worse than a blurred model (Theis et al. 2016, https://arxiv.org/abs/1511.01844).

>>> from tfgan import metrics
>>> metrics.parzen_log_density([[0.0]], [[0.0]], deviation=1.0).round(4).tolist()
[-0.9189]
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks

_BLOCK_BYTES = 64 * 2**20


@dataclasses.dataclass(frozen=True)
class ParzenLikelihood:
    """The mean over the test examples in nats, and the kernel's deviation, best for validation."""

    log_likelihood: float
    standard_error: float
    deviation: float


def parzen_log_likelihood(samples, validation, test, deviations=None):
    """The mean of `parzen_log_density` over test examples: ParzenLikelihood.

    Args:
      samples: float `[n, d]`; 10,000 in the papers, pixels in [0, 1].
      validation: float `[m, d]`, for the choice of the deviation.
      test: float `[k, d]`.
      deviations: floats to choose from; by default ten from 0.1 to 1, spaced logarithmically.
    Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, section 5.
    """
    samples, test = checks.pair(samples, test, least=1)
    samples, validation = checks.pair(samples, validation, least=1)
    deviations = np.logspace(-1.0, 0.0, 10) if deviations is None else np.asarray(deviations)
    means = [parzen_log_density(samples, validation, s).mean() for s in deviations]
    best = float(deviations[int(np.argmax(means))])
    values = parzen_log_density(samples, test, best)
    return ParzenLikelihood(float(values.mean()), float(values.std() / np.sqrt(len(values))), best)


def parzen_log_density(samples, points, deviation):
    """log mean_j N(x; s_j, deviation^2 I): float64 `[k]`, nats.

    Args:
      samples: float `[n, d]`, the centers s.
      points: float `[k, d]`.
      deviation: float, above 0.
    """
    if not deviation > 0.0:
        raise ValueError(f"deviation must be above 0; received {deviation}.")
    samples, points = checks.pair(samples, points, least=1)
    center = np.asarray(samples, np.float64).mean(axis=0)
    centered = np.asarray(samples, np.float64) - center
    squares = np.einsum("nd,nd->n", centered, centered)
    parts = []
    for _, block in checks.blocks(points, max(1, _BLOCK_BYTES // (8 * len(samples)))):
        block = block - center
        ours = np.einsum("nd,nd->n", block, block)[:, None]
        distances = np.maximum(ours + squares - 2.0 * block @ centered.T, 0.0)
        parts.append(_log_mean_exp(-distances / (2.0 * deviation**2)))
    return np.concatenate(parts) - samples.shape[1] * np.log(deviation * np.sqrt(2.0 * np.pi))


def _log_mean_exp(exponents):
    largest = exponents.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.mean(np.exp(exponents - largest), axis=1))
