import numpy as np
import pytest
import tensorflow as tf

from tfgan import metrics


def images(count=3, height=32, width=20, channels=3, seed=0):
    """Smooth images, and the same with noise: uint8 pairs."""
    draw = np.random.default_rng(seed)
    waves = draw.standard_normal((count, height, width, channels)).cumsum(1).cumsum(2)
    waves = 255.0 * (waves - waves.min()) / (waves.max() - waves.min())
    noisy = np.clip(waves + 20.0 * draw.standard_normal(waves.shape), 0, 255)
    return waves.astype(np.uint8), noisy.astype(np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("height", [11, 32])
def test_the_similarity_is_tensorflows_value(height, channels):
    one, other = images(height=height, channels=channels)
    expected = tf.image.ssim(one, other, max_val=255).numpy()
    values = metrics.structural_similarity(one, other)
    np.testing.assert_allclose(values, expected, atol=1e-4)  # TensorFlow computes in float32
    assert (values > 0.0).all() and (values < 0.99).all()


def test_flat_images_differ_by_their_means_alone():
    c1 = (0.01 * 255.0) ** 2
    one, other = (np.full((1, 11, 11, 1), level, np.uint8) for level in (100, 150))
    expected = (2.0 * 100.0 * 150.0 + c1) / (100.0**2 + 150.0**2 + c1)
    assert metrics.structural_similarity(one, other)[0] == pytest.approx(expected, rel=1e-12)


def test_a_negative_contrasts_with_its_image_and_an_image_equals_itself():
    one, _ = images()
    assert (metrics.structural_similarity(one, 255 - one) < 0.0).all()
    np.testing.assert_allclose(metrics.structural_similarity(one, one), 1.0, atol=1e-12)


def test_more_pairs_than_a_block_are_each_on_their_own():
    one, other = images(130, 12, 12, 1)
    together = metrics.structural_similarity(one, other)
    apart = [metrics.structural_similarity(one[i : i + 1], other[i : i + 1])[0] for i in (0, 129)]
    np.testing.assert_allclose(together[[0, 129]], apart, rtol=1e-12)


def test_images_smaller_than_the_window_and_of_two_shapes_are_refused():
    small = np.zeros((2, 10, 40, 1))
    with pytest.raises(ValueError, match="at least 11 x 11 pixels, .*; received 10 x 40"):
        metrics.structural_similarity(small, small)
    with pytest.raises(ValueError, match="of one shape; received"):
        metrics.structural_similarity(small, small[:1])
