"""Binary pixels: their chances, and images drawn one pixel after another."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.models import binary_pixels
from tfgan.networks import cached_sampling


def test_a_pixel_is_white_as_often_as_it_is_gray():
    grays = np.broadcast_to(np.array([0, 51, 204, 255], np.uint8), (10_000, 1, 4))[..., None]
    drawn = binary_pixels.binarize(grays, rng.stream(0, 0, "binary")).numpy()
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_allclose(drawn.mean(axis=(0, 1, 3)), [0.0, 0.2, 0.8, 1.0], atol=0.016)  # 4 se


def test_black_and_white_images_stay_as_they_are():
    image = np.random.default_rng(0).choice([0, 255], (3, 8, 8, 1)).astype(np.uint8)
    for seed in range(5):
        drawn = binary_pixels.binarize(image, rng.stream(seed, 0, "binary"))
        np.testing.assert_array_equal(drawn, image / 255.0)


def test_an_image_with_its_own_seed_is_the_same_in_any_batch():
    images = np.random.default_rng(0).integers(0, 256, (6, 5, 4, 1), np.uint8)
    seeds = rng.fold(rng.stream(0, 0, "binary"), np.arange(6))
    drawn = binary_pixels.binarize_each(images, seeds).numpy()
    again = binary_pixels.binarize_each(images[4:], seeds[4:]).numpy()
    np.testing.assert_array_equal(drawn[4:], again)
    assert set(np.unique(drawn)) == {0.0, 1.0}


class CopyOfTheLeft(cached_sampling.CachedSampler):
    """The first pixel of a row is drawn with p = 0.5; the others are copies of it."""

    def start(self, count):
        return tf.zeros(count)

    def logits(self, state, row, column):
        return tf.where(tf.equal(column, 0), tf.zeros_like(state), 200.0 * state - 100.0), state

    def set_pixel(self, state, row, column, pixel):
        return pixel


def test_a_pixel_is_drawn_given_those_before_it():
    uniforms = binary_pixels.uniforms(rng.fold(rng.stream(0, 0, "x"), np.arange(50)), (3, 4, 1))
    images = binary_pixels.draw(CopyOfTheLeft(), uniforms).numpy()
    assert images.shape == (50, 3, 4, 1)
    first = (uniforms.numpy()[:, :, :1] < 0.5).astype(np.float32)
    np.testing.assert_array_equal(images[..., 0], np.broadcast_to(first, (50, 3, 4)))


def test_raw_pixels_are_black_or_white():
    raw = binary_pixels.to_raw(tf.constant([0.0, 1.0])).numpy()
    assert raw.dtype == np.uint8 and raw.tolist() == [0, 255]


@pytest.mark.parametrize("shape", [(28, 28), (28, 28, 3)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"network must give logits of shape \(height, width, 1\)"):
        binary_pixels.check_shape(shape, "network")
