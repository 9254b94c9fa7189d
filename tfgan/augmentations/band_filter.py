"""Random gains of four octaves of spatial frequencies.

>>> import numpy as np
>>> bool(np.all(bands(8).sum(axis=0) == np.eye(8)))  # with equal gains nothing changes
True
"""

import functools

import numpy as np
import tensorflow as tf

from tfgan.augmentations import draws

# The low half of the frequencies: the autocorrelation of the 4-tap wavelet of Daubechies ("sym2").
_LOW = np.array([-1.0, 0.0, 9.0, 16.0, 9.0, 0.0, -1.0]) / 32.0
_POWER = np.array([10.0, 1.0, 1.0, 1.0], np.float32) / 13.0  # of the bands in natural images


def band_filter(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Each image with gains of its frequency bands, alike along both axes.

    The bands end at 1/8, 1/4, 1/2 and all of the highest frequency. Each has a gain of 2^N(0, 1)
    with probability p; all gains are then divided so that the power of a natural image is kept.

    Args:
      images: float32 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
      p: float or float32 scalar tensor from 0 to 1; with 0 the images are returned exactly.
    Source: ADA, Karras et al. 2020, https://arxiv.org/abs/2006.06676, appendix B.
    """
    is_on = draws.switches(images, seed, p, 4)
    drawn = 2.0 ** draws.normal(images, seed, 4)
    gains = tf.ones_like(drawn)
    for band in range(4):
        one = tf.where(tf.range(4) == band, drawn, 1.0)
        one /= tf.sqrt(tf.reduce_sum(_POWER * tf.square(one), axis=1, keepdims=True))
        gains *= tf.where(is_on[:, band, None], one, 1.0)
    rows, columns = (_matrices(gains, side) for side in images.shape[1:3])
    filtered = tf.einsum("bij,bjkc,blk->bilc", rows, images, columns)
    return tf.where(tf.reduce_any(is_on, axis=1)[:, None, None, None], filtered, images)


def _matrices(gains, side):
    """The filter of an axis as a matrix per example: `[batch, side, side]`."""
    return tf.reshape(gains @ tf.reshape(bands(side), [4, -1]), [-1, side, side])


@functools.cache
def bands(side: int) -> np.ndarray:
    """The filters of the bands, lowest first, as matrices: float32 `[4, side, side]`.

    Their sum is the identity. Reflections continue the axis at its ends.
    """
    delta = np.ones(1)
    low = [_dilated(_LOW, factor) for factor in (1, 2, 4)]
    below, kernels = delta, []
    for each in low:
        rest = -each
        rest[len(each) // 2] += 1.0
        kernels.append(np.convolve(below, rest))
        below = np.convolve(below, each)
    return np.stack([_matrix(kernel, side) for kernel in (below, *reversed(kernels))])


def _dilated(kernel, factor):
    """A kernel with factor - 1 zeros between its taps."""
    dilated = np.zeros(factor * (len(kernel) - 1) + 1)
    dilated[::factor] = kernel
    return dilated


def _matrix(kernel, side):
    """A convolution of an axis with reflected ends as a matrix."""
    matrix, reach, period = np.zeros((side, side)), len(kernel) // 2, max(1, 2 * (side - 1))
    for tap, weight in enumerate(kernel):
        places = (np.arange(side) + tap - reach) % period
        np.add.at(matrix, (np.arange(side), np.minimum(places, period - places) % side), weight)
    return matrix.astype(np.float32)
