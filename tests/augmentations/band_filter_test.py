"""The frequency bands of the filter."""

import numpy as np
import tensorflow as tf

from tfgan.augmentations.band_filter import band_filter, bands

SIDE = 129


def response(matrix, frequency):
    """The gain of a cosine that reflects at both ends; `frequency` 1 is the highest."""
    wave = np.cos(np.pi * frequency * np.arange(SIDE))
    return (matrix @ wave)[0]


def low(frequency):
    """The gain of the low half: 1/2 + 9/16 cos w - 1/16 cos 3 w."""
    w = np.pi * frequency
    return 0.5 + 9 / 16 * np.cos(w) - np.cos(3 * w) / 16


def test_the_bands_are_octaves_whose_sum_is_1():
    for at in (0.0, 1 / 16, 3 / 16, 3 / 8, 0.5, 3 / 4, 1.0):
        first, second, third = low(at), low(2 * at), low(4 * at)
        gains = [response(band, at) for band in bands(SIDE)]
        expected = [first * second * third, first * second * (1 - third), first * (1 - second)]
        np.testing.assert_allclose(gains, [*expected, 1 - first], atol=1e-5)


def test_a_cosine_stays_one_with_another_amplitude():
    wave = np.cos(np.pi * 0.25 * np.arange(9)).astype(np.float32)
    image = tf.repeat(tf.constant(wave[None, :, None, None]), 50, axis=0)
    filtered = np.array(band_filter(image, tf.constant([1, 1]), 1.0))[..., 0, 0]
    gains = filtered[:, :1]
    np.testing.assert_allclose(filtered, gains * wave, atol=1e-4)
    assert gains.std() > 0.2


def test_images_of_one_pixel_are_accepted():
    assert band_filter(tf.ones((2, 1, 5, 1)), tf.constant([1, 2]), 1.0).shape == (2, 1, 5, 1)
