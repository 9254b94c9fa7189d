"""The Inception score: is each sample classified confidently, and do all classes occur?

>>> from tfgan import metrics
>>> logits = 99.0 * np.eye(10)  # one confident sample per class
>>> round(metrics.inception_score(logits, splits=1).mean, 6)
10.0
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks


@dataclasses.dataclass(frozen=True)
class InceptionScore:
    """Mean (1 to the number of classes) and population standard deviation over the splits."""

    mean: float
    std: float


def inception_score(logits, splits=10, seed=0):
    """exp(mean_x KL(p(y | x) || p(y))), as a mean over splits of the samples: InceptionScore.

    Args:
      logits: float `[count, classes]`, of a classifier of data like the samples.
      splits: int, parts of nearly equal size; the score falls with the samples per part.
      seed: int, of the order of the samples in the splits; None keeps theirs.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 4.
    """
    logits = checks.features("logits", logits, least=1)
    if not 1 <= splits <= len(logits):
        raise ValueError(f"splits must be 1 to {len(logits)}, the samples; received {splits}.")
    if seed is not None:
        logits = logits[np.random.default_rng(seed).permutation(len(logits))]
    bounds = [len(logits) * split // splits for split in range(splits + 1)]
    scores = [_score(logits[first:end]) for first, end in zip(bounds[:-1], bounds[1:], strict=True)]
    return InceptionScore(float(np.mean(scores)), float(np.std(scores)))


def _score(logits):
    logits = np.asarray(logits, np.float64)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    log_marginal = np.log(np.maximum(p.mean(axis=0), np.finfo(np.float64).tiny))
    # p (log p - log q) is 0 for p = 0: a class without samples adds nothing.
    return float(np.exp(np.mean(np.sum(p * (log_p - log_marginal), axis=1))))
