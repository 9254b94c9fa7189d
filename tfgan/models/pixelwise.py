"""Binary images drawn pixel by pixel, in the order of reading."""

import tensorflow as tf

from tfgan import rng


def uniforms(seeds, shape):
    """What the pixels of each sample are drawn with: float32 `[n, height, width]`.

    Args:
      seeds: int32 `[n, 2]`, of the samples.
      shape: (height, width, 1).
    """

    def draw(count, example_seed):
        return rng.uniform(rng.fold(example_seed, 2), count, tuple(shape[:2]))

    return rng.per_example(draw, seeds)


def draw(cached_sampler, uniforms):
    """Samples: pixel i is 1 where u_i < p(x_i = 1 | x_1 .. x_i-1).

    Args:
      cached_sampler: `networks.cached_sampling.CachedSampler` of n images.
      uniforms: float32 `[n, height, width]`.
    Returns: float32 `[n, height, width, 1]`, 0 or 1.
    """
    count, height, width = uniforms.shape
    chances = tf.reshape(tf.transpose(uniforms, (1, 2, 0)), (height * width, count))

    def next_pixel(row, column, state, pixels):
        index = row * width + column
        logit, state = cached_sampler.logits(state, row, column)
        pixel = tf.cast(chances[index] < tf.sigmoid(logit), tf.float32)
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
