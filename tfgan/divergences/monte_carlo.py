"""Divergences from samples of distributions whose densities are known, with standard errors.

An expectation becomes a mean over samples, which is only about equal to it: the error falls like
1 / sqrt(count). Means over p and over q have counts of their own.
"""

import dataclasses

import numpy as np

from tfgan.divergences import checks

_LOG_2 = np.log(2.0)


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A mean over samples.

    Attributes:
      value: float.
      standard_error: float, the standard deviation of `value` over draws of the samples.
    """

    value: float
    standard_error: float


def estimate_mean(values):
    """E[f] from f at samples: mean, and standard deviation / sqrt(n).

    Args:
      values: floats `[n]`, n at least 2.
    Returns: Estimate.
    Raises: ValueError for another shape, fewer, or numbers that are not finite.
    """
    values = checks.numbers("values", values)
    if values.size < 2:
        raise ValueError("values must be two at least: one has no standard error.")
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size)))


def estimate_kullback_leibler(log_p, log_q):
    """KL(p || q) = E_p[log p - log q].

    Args:
      log_p, log_q: floats `[n]`, both log densities at the same samples of p.
    Returns: Estimate; it may be below 0, by chance.
    Raises: ValueError for other shapes, fewer than 2, or numbers that are not finite.
    """
    return estimate_mean(_difference(log_p, log_q))


def estimate_jensen_shannon(log_p_at_p, log_q_at_p, log_p_at_q, log_q_at_q):
    """JSD = 1/2 E_p[log p / m] + 1/2 E_q[log q / m], m = (p + q) / 2.

    log p / m = log 2 - softplus(log q - log p), which is finite for any densities.

    Args:
      log_p_at_p, log_q_at_p: floats `[n]`, both log densities at samples of p.
      log_p_at_q, log_q_at_q: floats `[m]`, at samples of q.
    Returns: Estimate.
    Raises: ValueError as in `estimate_kullback_leibler`.
    """
    on_real = _LOG_2 - np.logaddexp(0.0, _difference(log_q_at_p, log_p_at_p))
    on_fake = _LOG_2 - np.logaddexp(0.0, _difference(log_p_at_q, log_q_at_q))
    return _sum(0.5, on_real, 0.5, on_fake)


def estimate_f_divergence(divergence, log_p, log_q):
    """D_f(p || q) = E_q[f(p / q)].

    A few samples where p / q is large decide the value for the f that grow fast, such as
    `pearson_chi2`; trust the standard error as little as the value there.

    Args:
      divergence: FDivergence.
      log_p, log_q: floats `[n]`, both log densities at the same samples of q.
    Returns: Estimate; without the mass of p where q has none.
    Raises: ValueError as in `estimate_kullback_leibler`.
    """
    return estimate_mean(divergence.function(np.exp(_difference(log_p, log_q))))


def estimate_value(real_logits, fake_logits):
    """V = mean over N real of log D(x) + mean over M fakes of log(1 - D(G(z))).

    Each mean divides by its own count, and the second logarithm is that of 1 - D: with
    1 - log D in its place the discriminator would have no best answer.

    Args:
      real_logits, fake_logits: floats `[n]` and `[m]`, the discriminator before its sigmoid.
    Returns: Estimate.
    Raises: ValueError for other shapes, fewer than 2, or numbers that are not finite.
    Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, Eq. 1.
    """
    real = -np.logaddexp(0.0, -checks.numbers("real_logits", real_logits))
    fake = -np.logaddexp(0.0, checks.numbers("fake_logits", fake_logits))
    return _sum(1.0, real, 1.0, fake)


def _sum(weight, values, other_weight, others):
    one, other = estimate_mean(values), estimate_mean(others)
    return Estimate(
        weight * one.value + other_weight * other.value,
        float(np.hypot(weight * one.standard_error, other_weight * other.standard_error)),
    )


def _difference(one, other):
    one, other = checks.numbers("log densities", one), checks.numbers("log densities", other)
    if one.shape != other.shape:
        raise ValueError(
            f"Both log densities must be at the same samples; received {one.size} and {other.size}."
        )
    return one - other
