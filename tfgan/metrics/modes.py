"""How many modes of a known mixture a generator has found, and how evenly it visits them."""

import dataclasses

import numpy as np

_REACH = 3.0  # standard deviations; 1 - exp(-9/2) = 98.9 % of a plane's Gaussian lies within


@dataclasses.dataclass(frozen=True)
class ModeCoverage:
    """What samples of a mixture say about their generator.

    Attributes:
      modes: int, components with at least one high-quality sample.
      high_quality: float, share of samples within 3 standard deviations of a component's centre. A
        perfect sampler of Gaussians in the plane reaches 0.989.
      reverse_kl: float, nats; KL(share of each component among the high-quality samples || equal
        shares). 0 is even; ln k is one component of k. NaN without a high-quality sample.
    """

    modes: int
    high_quality: float
    reverse_kl: float


def mode_coverage(samples, centers, std):
    """Counts the modes of a mixture of round Gaussians that samples have found.

    KL = sum_i p_i ln(p_i k), p_i the share of component i among the high-quality samples.

    Args:
      samples: float `[count, d]`; the usual count is 2,500.
      centers: float `[k, d]`, of the components, equally likely.
      std: float, standard deviation of each component along each axis.
    Returns: ModeCoverage.
    Raises: ValueError for samples of another dimension than the centres.
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
