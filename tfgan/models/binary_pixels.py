"""Binary pixels: binarized from gray images, or drawn one after another by a cached sampler.

A pixel of gray v in 0..255 is 1 with probability v / 255. Models of binary pixels draw it again
whenever they read an image (dynamic binarization), and so learn the gray values in the long run.
`data.binarization` draws a fixed data set instead.

Source: Salakhutdinov & Murray 2008, https://dl.acm.org/doi/10.1145/1390156.1390266, section 4.

    >>> pixels = binarize(tf.constant([0, 255], tf.uint8)[None, :, None, None], seed=[0, 0])
    >>> pixels.numpy().ravel().tolist()
    [0.0, 1.0]
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


def binarize(data, seed):
    """Binary images; images of 0 and 255 only keep their values.

    Args:
      data: uint8 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
    Returns: float32 of the same shape, 0 or 1.
    """
    gray = tf.cast(data, tf.float32) / 255.0
    return tf.cast(rng.uniform(seed, rng.count(gray), tuple(gray.shape[1:])) < gray, tf.float32)


def binarize_each(data, seeds):
    """As `binarize`, with a seed per image, int32 `[n, 2]`: an image is the same in any batch."""
    draws = rng.uniform(seeds, rng.count(data), tuple(data.shape[1:]))
    return tf.cast(draws < tf.cast(data, tf.float32) / 255.0, tf.float32)


def to_raw(pixels):
    """Pixels as raw data: uint8, 0 or 255."""
    return tf.cast(255.0 * pixels, tf.uint8)


def uniforms(seeds, shape):
    """Random numbers for `draw`, for seeds `[n, 2]`: float32 `[n, height, width]`, in [0, 1)."""
    return rng.uniform(rng.fold(seeds, 2), rng.count(seeds), tuple(shape[:2]))


def draw(cached_sampler, uniforms):
    """Images drawn row by row: pixel i is 1 where u_i < p(x_i = 1 | x_1 .. x_i-1).

    Args:
      cached_sampler: `networks.cached_sampling.CachedSampler` of n images.
      uniforms: float32 `[n, height, width]`, u.
    Returns: float32 `[n, height, width, 1]`, 0 or 1.
    """
    count, height, width = uniforms.shape
    thresholds = tf.reshape(tf.transpose(uniforms, (1, 2, 0)), (height * width, count))

    def next_pixel(row, column, state, pixels):
        index = row * width + column
        logit, state = cached_sampler.logits(state, row, column)
        pixel = tf.cast(thresholds[index] < tf.sigmoid(logit), tf.float32)
        pixels = tf.tensor_scatter_nd_update(pixels, [[index]], pixel[None])
        return row, column + 1, cached_sampler.set_pixel(state, row, column, pixel), pixels

    def next_row(row, state, pixels):
        state = cached_sampler.start_row(state, row)
        _, _, state, pixels = tf.while_loop(
            lambda row, column, state, pixels: column < width,
            next_pixel,
            (row, 0, state, pixels),
            maximum_iterations=width,
        )
        return row + 1, state, pixels

    _, _, pixels = tf.while_loop(
        lambda row, state, pixels: row < height,
        next_row,
        (0, cached_sampler.start(count), tf.zeros((height * width, count))),
        maximum_iterations=height,
    )
    return tf.transpose(tf.reshape(pixels, (height, width, count)), (2, 0, 1))[..., None]
