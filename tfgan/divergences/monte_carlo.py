"""Divergences from samples of distributions with known densities, with standard errors.

A mean over samples replaces an expectation; its error falls like 1 / sqrt(count). Means over p and
over q have separate counts.

>>> from tfgan import divergences
>>> divergences.estimate_mean([1.0, 3.0])
Estimate(value=2.0, standard_error=1.0)
"""

import dataclasses

import numpy as np

from tfgan.divergences import checks

_LOG_2 = np.log(2.0)


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A mean over samples, and its standard deviation over draws of the samples."""

    value: float
    standard_error: float


def estimate_mean(values):
    """E[f] from f at n >= 2 samples, floats `[n]`: mean, and standard deviation / sqrt(n)."""
    values = checks.numbers("values", values)
    if values.size < 2:
        raise ValueError("values must be 2 or more: one has no standard error.")
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size)))


def estimate_kullback_leibler(log_p, log_q):
    """KL(p || q) = E_p[log p - log q].

    Args:
      log_p, log_q: floats `[n]`, log densities of p and q at samples of p.
    Returns: Estimate; it may be below 0 by chance.
    """
    return estimate_mean(_difference(log_p, log_q))


def estimate_jensen_shannon(log_p_at_p, log_q_at_p, log_p_at_q, log_q_at_q):
    """JSD = 1/2 E_p[log p / m] + 1/2 E_q[log q / m], m = (p + q) / 2: Estimate.

    log p / m = log 2 - softplus(log q - log p), which is always finite.

    Args:
      log_p_at_p, log_q_at_p: floats `[n]`, log densities of p and q at samples of p.
      log_p_at_q, log_q_at_q: floats `[m]`, log densities of p and q at samples of q.
    """
    on_real = _LOG_2 - np.logaddexp(0.0, _difference(log_q_at_p, log_p_at_p))
    on_fake = _LOG_2 - np.logaddexp(0.0, _difference(log_p_at_q, log_q_at_q))
    return _sum(0.5, on_real, 0.5, on_fake)


def estimate_f_divergence(divergence, log_p, log_q):
    """D_f(p || q) = E_q[f(p / q)].

    For an f that grows fast, such as `pearson_chi2`, a few samples where p / q is large decide the
    value, and neither it nor its standard error is reliable.

    Args:
      divergence: FDivergence.
      log_p, log_q: floats `[n]`, log densities of p and q at samples of q.
    Returns: Estimate; without the mass of p where q has none.
    """
    return estimate_mean(divergence.function(np.exp(_difference(log_p, log_q))))


def estimate_value(real_logits, fake_logits):
    """V = mean over N real of log D(x) + mean over M fakes of log(1 - D(G(z))): Estimate.

    Args:
      real_logits, fake_logits: floats `[n]` and `[m]`, before the discriminator's sigmoid.
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
