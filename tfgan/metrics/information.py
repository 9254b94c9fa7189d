"""Mutual information of codes and factors, and its gap: is a factor in one code alone?

Estimates from counts. I(c; v) of k x l cells is too large by about (k - 1)(l - 1) / (2 count): use
many examples and few bins, and compare with shuffled codes.

>>> from tfgan import metrics
>>> codes = {"slant": [0, 1, 2, 3], "width": [1, 1, 0, 0]}
>>> metrics.mutual_information_gap(codes, {"angle": [0, 1, 2, 3]}).gap  # 1 - ln 2 / ln 4
0.5
"""

import dataclasses

import numpy as np

from tfgan.metrics.checks import TooFewError


@dataclasses.dataclass(frozen=True)
class InformationGap:
    """How far each factor is in one code alone.

    Attributes:
      gap: float in 0..1, the mean over factors of (largest - second I(code; factor)) / H(factor).
      of_factor: dict of float, the same by factor.
      information: dict of dicts of float, I(code; factor) / H(factor) by factor and code.
    """

    gap: float
    of_factor: dict
    information: dict


def mutual_information_gap(codes, factors, bins=10):
    """The mutual information gap (MIG): InformationGap.

    Args:
      codes: dict by name of `[count]`, two or more; int classes, or floats, which are divided into
        bins of equally many examples.
      factors: the same of what is known about each example; one or more. The gap of one that does
        not vary is 0.
      bins: int, 2 or more.
    Raises: ValueError for other arguments; TooFewError for fewer examples than bins.
    Source: Chen et al. 2018, https://arxiv.org/abs/1802.04942, Eq. 6.
    """
    if len(codes) < 2 or not factors:
        raise ValueError(
            f"There must be two codes or more, and a factor; received {len(codes)} and "
            f"{len(factors)}."
        )
    codes, factors = (
        {name: binned(name, values, bins) for name, values in each.items()}
        for each in (codes, factors)
    )
    information = {}
    for name, factor in factors.items():
        total = entropy(np.bincount(factor))
        information[name] = {
            code: mutual_information(contingency(values, factor)) / total if total else 0.0
            for code, values in codes.items()
        }
    gaps = {}
    for name, of_code in information.items():
        *_, second, largest = sorted(of_code.values())
        gaps[name] = largest - second
    return InformationGap(float(np.mean(list(gaps.values()))), gaps, information)


def binned(name, values, bins):
    """Int classes as they are; floats as the index of one of `bins` equally full bins: `[count]`.

    Equal values are in one bin.
    """
    values = np.asarray(values)
    if values.ndim != 1 or values.dtype.kind not in "iuf":
        raise ValueError(
            f"{name} must be numbers [count]; received {values.dtype.name} {list(values.shape)}."
        )
    if values.dtype.kind in "iu":
        return values
    if len(values) < bins:
        raise TooFewError(f"{name} holds {len(values)} examples; {bins} bins need as many.")
    edges = np.quantile(values, np.arange(1, bins) / bins)
    return np.searchsorted(edges, values, side="right")


def contingency(one, other):
    """How many examples have each pair of classes: int64 `[classes, other classes]`.

    Args:
      one, other: int `[count]`, 0 or more.
    """
    one, other = np.asarray(one), np.asarray(other)
    for values in (one, other):
        if values.shape != one.shape or values.ndim != 1 or values.dtype.kind not in "iu":
            raise ValueError(
                "Classes must be integers [count], equally many; received "
                f"{one.dtype.name} {list(one.shape)} and {other.dtype.name} {list(other.shape)}."
            )
        if not len(values) or values.min() < 0:
            raise ValueError("Classes must be 0 or more, of one example or more.")
    counts = np.zeros((int(one.max()) + 1, int(other.max()) + 1), np.int64)
    np.add.at(counts, (one, other), 1)
    return counts


def entropy(counts):
    """-sum p ln p, p = counts / their sum: float, in nats."""
    p = np.asarray(counts, np.float64).ravel()
    p = p[p > 0] / p.sum()
    return float(max(0.0, -np.sum(p * np.log(p))))


def mutual_information(counts):
    """H(row) + H(column) - H(both) of a table of counts: float, in nats."""
    of_both = entropy(counts.sum(axis=1)) + entropy(counts.sum(axis=0))
    return max(0.0, of_both - entropy(counts))
