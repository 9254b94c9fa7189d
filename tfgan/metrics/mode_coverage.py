"""The number of modes that a generator covers, and how evenly.

A mode is a component of a known mixture, or a class predicted by a classifier.

>>> from tfgan import metrics
>>> metrics.mode_coverage([[0.0, 0.1]], centers=[[0.0, 0.0], [5.0, 0.0]], std=0.1).modes
1
"""

import dataclasses

import numpy as np

from tfgan.metrics.labels import check_labels

_REACH = 3.0  # standard deviations, with 1 - exp(-9/2) = 98.9 % of a Gaussian in the plane


@dataclasses.dataclass(frozen=True)
class ModeCoverage:
    """The coverage of the components of a mixture.

    Attributes:
      modes: int, components with at least one high-quality sample.
      high_quality: float, fraction of samples within 3 standard deviations of a center; 0.989 for a
        perfect sampler of Gaussians in the plane.
      reverse_kl: float, nats; KL(fraction of each component among the high-quality samples || equal
        fractions). ln k is one component of k; NaN without a high-quality sample.
    """

    modes: int
    high_quality: float
    reverse_kl: float


@dataclasses.dataclass(frozen=True)
class LabelCoverage:
    """The coverage of classes.

    Attributes:
      modes: int, classes with at least one sample.
      reverse_kl: float, nats; KL(fraction of each class among the samples || reference fraction),
        infinite for a class without reference; about (k - 1) / (2 count) for a perfect sampler.
    """

    modes: int
    reverse_kl: float


def mode_coverage(samples, centers, std):
    """Counts the modes of a mixture of isotropic Gaussians with samples: ModeCoverage.

    KL = sum_i p_i ln(p_i k), p_i the fraction of component i among the high-quality samples; about
    (k - 1) / (2 count) for even ones.

    Args:
      samples: float `[count, d]`; the usual count is 2,500.
      centers: float `[k, d]`, of the components, equally likely.
      std: float, standard deviation of each component along each axis.
    Source: Lin et al. 2018 (PacGAN), https://arxiv.org/abs/1712.04086, section 4.1.
    """
    samples, centers = np.asarray(samples, np.float64), np.asarray(centers, np.float64)
    if samples.ndim != 2 or samples.shape[1] != centers.shape[1]:
        raise ValueError(
            f"samples must be [count, {centers.shape[1]}] like the centers; received "
            f"{list(samples.shape)}."
        )
    distances = np.linalg.norm(samples[:, None] - centers[None], axis=2)
    good = distances.min(axis=1) <= _REACH * std
    counts = np.bincount(distances.argmin(axis=1)[good], minlength=len(centers))
    shares = counts[counts > 0] / max(good.sum(), 1)
    divergence = np.sum(shares * np.log(shares * len(centers))) if shares.size else np.nan
    return ModeCoverage(int(shares.size), float(good.mean()), float(divergence))


def mode_coverage_of_labels(labels, modes, reference_labels=None):
    """Counts the predicted classes of samples: LabelCoverage.

    KL = sum_i p_i ln(p_i / q_i), p the fraction of each class among the samples, q the reference.

    Args:
      labels: int `[count]`, the predicted classes; 26,000 are usual for stacked MNIST.
      modes: int, the number of classes, such as 10, or 1,000 for stacked MNIST.
      reference_labels: int `[n]`, for the reference fractions, which are equal by default.
    Source: Metz et al. 2017, https://arxiv.org/abs/1611.02163, section 3.3; Lin et al. 2018.
    """
    shares = _shares("labels", labels, modes)
    reference = np.full(modes, 1.0 / modes)
    if reference_labels is not None:
        reference = _shares("reference_labels", reference_labels, modes)
    occurs = shares > 0.0
    with np.errstate(divide="ignore"):
        divergence = np.sum(shares[occurs] * np.log(shares[occurs] / reference[occurs]))
    return LabelCoverage(int(occurs.sum()), float(divergence))


def stacked_labels(labels, classes=10):
    """The mode of an image whose channels are digits: int64 `[count]`, 0 .. classes^channels - 1.

    Args:
      labels: int `[count, channels]`, the predicted class of each channel.
      classes: int.
    """
    labels = np.asarray(labels)
    for channel in range(labels.shape[1]):
        check_labels(f"channel {channel}", labels[:, channel], classes)
    return labels @ classes ** np.arange(labels.shape[1])[::-1]


def _shares(name, labels, modes):
    labels = check_labels(name, labels, modes)
    return np.bincount(labels, minlength=modes) / len(labels)
