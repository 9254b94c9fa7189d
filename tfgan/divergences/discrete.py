"""Divergences of two distributions over the same points, by their own formulas.

    Args:
      p, q: float arrays of one shape.
      cell: float or array, the volume of each point, see the package.
    Returns: float, 0 or more, or infinity. 0 log 0 is 0.
    Raises: ValueError if one is not a distribution, or the shapes differ.

Only total variation, Hellinger's and Jensen's are symmetric. Where p and q share no mass, KL is
infinite and JSD is log 2, however far apart they are.
"""

import numpy as np

from tfgan.divergences import checks


def entropy(p, cell=1.0):
    """H(p) = -sum p log p, for densities the differential entropy, which may be negative: float."""
    return -_expected_log(checks.masses("p", p, cell), np.asarray(p, np.float64))


def cross_entropy(p, q, cell=1.0):
    """-sum p log q = H(p) + KL(p || q): float.

    For p the empirical distribution of N examples it is their mean negative log-likelihood under
    q, so maximum likelihood is minimum KL to the empirical distribution.
    """
    mass, _ = checks.pair(p, q, cell)
    return -_expected_log(mass, np.asarray(q, np.float64))


def kullback_leibler(p, q, cell=1.0):
    """KL(p || q) = sum p log(p / q)."""
    p, q = checks.pair(p, q, cell)
    return _positive(_relative_entropy(p, q))


def reverse_kullback_leibler(p, q, cell=1.0):
    """KL(q || p) = sum q log(q / p)."""
    return kullback_leibler(q, p, cell)


def jensen_shannon(p, q, cell=1.0):
    """JSD = 1/2 KL(p || m) + 1/2 KL(q || m) for m = (p + q) / 2; symmetric, in [0, log 2].

    Source: Lin 1991, https://doi.org/10.1109/18.61115.
    """
    p, q = checks.pair(p, q, cell)
    middle = (p + q) / 2.0
    return _positive(0.5 * _relative_entropy(p, middle) + 0.5 * _relative_entropy(q, middle))


def total_variation(p, q, cell=1.0):
    """TV = 1/2 sum |p - q|, in [0, 1]: the largest difference of the probabilities of an event."""
    p, q = checks.pair(p, q, cell)
    return float(0.5 * np.abs(p - q).sum())


def pearson_chi2(p, q, cell=1.0):
    """chi^2(p || q) = sum (p - q)^2 / q."""
    p, q = checks.pair(p, q, cell)
    if (p[q == 0.0] > 0.0).any():
        return np.inf
    has_mass = q > 0.0
    return float(np.sum((p - q)[has_mass] ** 2 / q[has_mass]))


def neyman_chi2(p, q, cell=1.0):
    """sum (p - q)^2 / p, which is Pearson's chi^2 of (q, p)."""
    return pearson_chi2(q, p, cell)


def squared_hellinger(p, q, cell=1.0):
    """H^2 = 1/2 sum (sqrt p - sqrt q)^2 = 1 - sum sqrt(p q), in [0, 1].

    Differs: Nowozin et al. 2016, https://arxiv.org/abs/1606.00709, leave out the factor 1/2.
    """
    p, q = checks.pair(p, q, cell)
    return float(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2))


def _relative_entropy(p, q):
    """sum p log(p / q); infinite where p has mass and q has none."""
    has_mass = p > 0.0
    if (q[has_mass] == 0.0).any():
        return np.inf
    return np.sum(p[has_mass] * (np.log(p[has_mass]) - np.log(q[has_mass])))


def _expected_log(mass, density):
    """sum mass log density, with 0 log 0 = 0; minus infinity where mass meets no density."""
    has_mass = mass > 0.0
    if (density[has_mass] == 0.0).any():
        return -np.inf
    return float(np.sum(mass[has_mass] * np.log(density[has_mass])))


def _positive(value):
    """A value that only rounding can bring below 0."""
    return float(max(value, 0.0))
