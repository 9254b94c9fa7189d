"""The restricted Boltzmann machine of binary visible units v and hidden units h.

  p(v, h) = exp(v W h + b v + c h) / Z
  p(v) = exp(-F(v)) / Z,   F(v) = -b v - sum_j softplus(c_j + (v W)_j)

Given one side, the units of the other are independent: p(h_j | v) = sigmoid(c_j + (v W)_j).
Weights here are NumPy arrays: W `[visible, hidden]`, b `[visible]`, c `[hidden]`.
"""

import math

import numpy as np

from tfgan.likelihoods import ais

MOST_HIDDEN = 20  # units, up to which log Z is a sum over all states
_BLOCK = 4096


def exact(weights, visible_bias, hidden_bias):
    """log Z, as the sum over all 2^hidden states of the hidden units.

    log Z = log sum_h exp(c h + sum_i softplus(b_i + (W h)_i))

    Args:
      weights, visible_bias, hidden_bias: W, b, c.
    Returns: `ais.LogNormalizer` without an error.
    Raises: ValueError for more than 20 hidden units.
    """
    weights, visible_bias, hidden_bias = (
        np.asarray(array, np.float64) for array in (weights, visible_bias, hidden_bias)
    )
    hidden = len(hidden_bias)
    if hidden > MOST_HIDDEN:
        raise ValueError(
            f"An exact log Z takes at most {MOST_HIDDEN} hidden units; received {hidden}."
        )
    total = -np.inf
    for first in range(0, 2**hidden, _BLOCK):
        states = np.arange(first, min(first + _BLOCK, 2**hidden))
        h = (states[:, None] >> np.arange(hidden)) & 1
        terms = h @ hidden_bias + _softplus(visible_bias + h @ weights.T).sum(axis=1)
        total = np.logaddexp(total, np.logaddexp.reduce(terms))
    return ais.LogNormalizer(float(total), 0.0, math.inf)


def annealed(weights, visible_bias, hidden_bias, base_bias, *, chains=100, steps=1000, seed=0):
    """log Z by annealed importance sampling.

    f_b(v) = exp(((1 - b) a + b b_v) v) prod_j (1 + exp(b (c_j + (v W)_j))): at b = 0 independent
    pixels with biases a, at b = 1 the machine.

    Args:
      weights, visible_bias, hidden_bias: W, b_v, c.
      base_bias: float `[visible]`, a, such as the log-odds of the data's mean.
      chains: int, 2 or more.
      steps: int, inverse temperatures.
      seed: int.
    Returns: `ais.LogNormalizer`.
    Source: Salakhutdinov & Murray 2008, section 4.1, https://doi.org/10.1145/1390156.1390266.
    """
    weights, visible_bias, hidden_bias, base_bias = (
        np.asarray(array, np.float32) for array in (weights, visible_bias, hidden_bias, base_bias)
    )
    random = np.random.default_rng(seed)

    def bias(beta):
        return np.float32(1.0 - beta) * base_bias + np.float32(beta) * visible_bias

    def draw(logits):
        return (random.random(logits.shape, np.float32) < _sigmoid(logits)).astype(np.float32)

    def state(v):
        return v, v @ weights + hidden_bias  # both functions need the hidden inputs

    def log_density(state, beta):
        v, inputs = state
        hidden = _softplus(np.float32(beta) * inputs).sum(axis=1, dtype=np.float64)
        return np.einsum("cv,v->c", v, bias(beta), dtype=np.float64) + hidden

    def transition(before, beta):
        h = draw(np.float32(beta) * before[1])
        return state(draw(np.float32(beta) * (h @ weights.T) + bias(beta)))

    start = state(draw(np.broadcast_to(base_bias, (chains, len(base_bias)))))
    log_z0 = _softplus(base_bias.astype(np.float64)).sum() + len(hidden_bias) * math.log(2.0)
    return ais.anneal(log_density, transition, start, np.linspace(0.0, 1.0, steps + 1), log_z0)


def _softplus(x):
    return np.logaddexp(np.zeros((), x.dtype), x)


def _sigmoid(x):
    half = x.dtype.type(0.5)
    return half + half * np.tanh(half * x)
