"""Grey images as binary ones, for models of black and white pixels.

A pixel of grey v in 0..255 is white with probability v / 255. Drawn anew whenever an image is read
(dynamic), the model sees the grey values in the long run; drawn once (static), a fixed data set.

Source: Salakhutdinov & Murray 2008, https://dl.acm.org/doi/10.1145/1390156.1390266, section 4.
"""

import tensorflow as tf

from tfgan import rng


def dynamic(data, seed):
    """Pixels drawn anew: 1 with probability v / 255; black and white images stay as they are.

    Args:
      data: uint8 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
    Returns: float32 of the same shape, 0 or 1.
    """
    grey = tf.cast(data, tf.float32) / 255.0
    drawn = rng.uniform(seed, grey.shape[0], tuple(grey.shape[1:]))
    return tf.cast(drawn < grey, tf.float32)
