"""The log-likelihood of binary data whose elements are independent, given logits.

Symbols: x data, 0 or 1; l logits, log p(1) / p(0).

    >>> float(log_prob([[1.0, 0.0]], [[0.0, 0.0]])[0])  # 2 log 0.5
    -1.3862943649291992
"""

import tensorflow as tf


def log_prob(x, logits):
    """sum_i x_i log sigmoid(l_i) + (1 - x_i) log sigmoid(-l_i): float `[batch]`, nats.

    Args:
      x: float `[batch, ...]`, 0 or 1.
      logits: float of the same shape.
    """
    each = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits)
    return -tf.reduce_sum(each, axis=list(range(1, each.shape.rank)))


def softplus_log_prob(x, logits):
    """sum_i x_i l_i - softplus(l_i), which is `log_prob` up to rounding.

    Runs of models with `BernoulliPixels` resume bit for bit only with this form.
    """
    each = x * logits - tf.nn.softplus(logits)
    return tf.reduce_sum(each, axis=list(range(1, each.shape.rank)))
