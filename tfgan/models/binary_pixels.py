"""Binary pixels: from gray images by number, and their log-likelihood under logits.

Symbols: x pixels, 0 or 1; l logits, log p(1) / p(0).
"""

import tensorflow as tf

from tfgan import rng


def check_shape(shape, argument):
    """Raises ValueError unless `shape` is of an image of one binary channel."""
    if len(shape) != 3 or shape[-1] != 1:
        raise ValueError(
            f"{argument} must give logits of shape (height, width, 1), one binary channel; "
            f"received {tuple(shape)}."
        )


def numbered(data, seeds):
    """Gray images as black and white ones; an image is drawn from its own seed in any batch.

    Args:
      data: uint8 `[n, height, width, 1]`.
      seeds: int32 `[n, 2]`.
    Returns: float32 of the same shape, 1 with probability v / 255.
    """

    def draw(count, example_seed):
        return rng.uniform(example_seed, count, tuple(data.shape[1:]))

    return tf.cast(rng.per_example(draw, seeds) < tf.cast(data, tf.float32) / 255.0, tf.float32)


def log_prob(pixels, logits):
    """sum_i log sigmoid(l_i) where x_i = 1 and log sigmoid(-l_i) where x_i = 0: `[batch]`.

    Args:
      pixels, logits: float `[batch, height, width, 1]`.
    """
    each = tf.nn.sigmoid_cross_entropy_with_logits(labels=pixels, logits=logits)
    return -tf.reduce_sum(each, axis=(1, 2, 3))


def to_raw(pixels):
    """Pixels as raw data: uint8, 0 or 255."""
    return tf.cast(255.0 * pixels, tf.uint8)
