"""How many modes a generator has found, and how evenly it visits them.

A mode is a component of a known mixture, or a class that a classifier sees.
"""

import dataclasses

import numpy as np

from tfgan.metrics.labels import check_labels

_REACH = 3.0  # standard deviations; 1 - exp(-9/2) = 98.9 % of a plane's Gaussian lies within


@dataclasses.dataclass(frozen=True)
class ModeCoverage:
    """What samples of a mixture say about their generator.

    Attributes:
      modes: int, components with at least one high-quality sample.
      high_quality: float, share of samples within 3 standard deviations of a component's center. A
        perfect sampler of Gaussians in the plane reaches 0.989.
      reverse_kl: float, nats; KL(share of each component among the high-quality samples || equal
        shares). 0 is even; ln k is one component of k. NaN without a high-quality sample.
    """

    modes: int
    high_quality: float
    reverse_kl: float


@dataclasses.dataclass(frozen=True)
class LabelCoverage:
    """What a classifier sees in samples.

    Attributes:
      modes: int, classes with at least one sample.
      reverse_kl: float, nats; KL(share of each class among the samples || wanted share), infinite
        if a sample has a class that is not wanted at all. A perfect sampler reaches about
        (k - 1) / (2 count), not 0.
    """

    modes: int
    reverse_kl: float


def mode_coverage(samples, centers, std):
    """Counts the modes of a mixture of round Gaussians that samples have found.

    KL = sum_i p_i ln(p_i k), p_i the share of component i among the high-quality samples.

    Args:
      samples: float `[count, d]`; the usual count is 2,500.
      centers: float `[k, d]`, of the components, equally likely.
      std: float, standard deviation of each component along each axis.
    Returns: ModeCoverage.
    Raises: ValueError for samples of another dimension than the centers.
    Source: Lin et al. 2018 (PacGAN), https://arxiv.org/abs/1712.04086, section 4.1. The reverse KL
      of even samples is not 0 but about (k - 1) / (2 count).
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
    found = counts[counts > 0] / max(good.sum(), 1)
    divergence = np.sum(found * np.log(found * len(centers))) if found.size else np.nan
    return ModeCoverage(int(found.size), float(good.mean()), float(divergence))


def mode_coverage_of_labels(labels, modes, reference_labels=None):
    """Counts the classes that a classifier sees in samples.

    KL = sum_i p_i ln(p_i / q_i), p the share of each class among the samples, q the wanted one.

    Args:
      labels: int `[count]`, the classes seen; 26,000 are usual for stacked MNIST.
      modes: int, how many classes there are, such as 10, or 1,000 for stacked MNIST.
      reference_labels: int `[n]`, whose shares are wanted; equal shares by default.
    Returns: LabelCoverage.
    Raises: ValueError for labels out of range.
    Source: Metz et al. 2017, https://arxiv.org/abs/1611.02163, section 3.3; Lin et al. 2018.
    """
    shares = _shares("labels", labels, modes)
    wanted = np.full(modes, 1.0 / modes)
    if reference_labels is not None:
        wanted = _shares("reference_labels", reference_labels, modes)
    found = shares > 0.0
    with np.errstate(divide="ignore"):
        divergence = np.sum(shares[found] * np.log(shares[found] / wanted[found]))
    return LabelCoverage(int(found.sum()), float(divergence))


def stacked_labels(labels, classes=10):
    """The mode of an image whose channels are digits: int64 `[count]`, 0 .. classes^channels - 1.

    Args:
      labels: int `[count, channels]`, the class seen in each channel.
      classes: int.
    """
    labels = np.asarray(labels)
    for channel in range(labels.shape[1]):
        check_labels(f"channel {channel}", labels[:, channel], classes)
    return labels @ classes ** np.arange(labels.shape[1])[::-1]


def _shares(name, labels, modes):
    labels = check_labels(name, labels, modes)
    return np.bincount(labels, minlength=modes) / len(labels)
