"""The importance-weighted bound of a model with latents.

  L_k = E log (1/k) sum_j w_j,   w_j = p(x, z_j) / q(z_j | x),   z_j ~ q(z | x)

L_1 is the evidence lower bound (ELBO); L_k does not decrease with k and tends to log p(x).

Source: Burda et al. 2016, https://arxiv.org/abs/1509.00519, Eq. 8 and theorem 1.
"""

import numpy as np


def importance_weighted(log_weights):
    """log (1/k) sum_j w_j of each example: an unbiased estimate of L_k.

    Args:
      log_weights: float `[k, n]`, log w_j of k latents of each of n examples, nats.
    Returns: float64 `[n]`, nats.
    Raises: ValueError for another shape, or k = 0.
    """
    log_weights = np.asarray(log_weights, np.float64)
    if log_weights.ndim != 2 or not len(log_weights):
        raise ValueError(
            f"log_weights must be [k, n] with k at least 1; received {list(log_weights.shape)}."
        )
    return log_mean_exp(log_weights)


def log_mean_exp(values):
    """log mean exp over the first axis of floats `[k, ...]`, without overflow: float64 `[...]`."""
    values = np.asarray(values, np.float64)
    largest = np.max(values, axis=0)
    shift = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore"):  # all weights 0
        return shift + np.log(np.mean(np.exp(values - shift), axis=0))
