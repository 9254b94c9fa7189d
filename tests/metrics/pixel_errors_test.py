import numpy as np
import pytest
import tensorflow as tf

from tfgan import metrics


def test_absolute_errors_are_means_of_pixels_in_0_to_1():
    one = np.array([[[[0, 255]]], [[[10, 20]]]], np.uint8)
    other = np.array([[[[255, 255]]], [[[20, 10]]]], np.uint8)
    values = metrics.mean_absolute_error(one, other)
    np.testing.assert_allclose(values, [0.5, 10.0 / 255.0], rtol=1e-12)


def test_signal_to_noise_is_tensorflows_value_and_that_of_a_known_error():
    draw = np.random.default_rng(0)
    one, other = draw.integers(0, 256, (2, 300, 6, 5, 3), np.uint8)
    expected = tf.image.psnr(one, other, max_val=255).numpy()
    np.testing.assert_allclose(metrics.peak_signal_to_noise(one, other), expected, rtol=1e-5)
    apart = metrics.peak_signal_to_noise(np.zeros((1, 4, 4, 1)), np.full((1, 4, 4, 1), 25.5))
    assert apart[0] == pytest.approx(20.0, rel=1e-12)  # a tenth of the peak: 20 dB


def test_equal_images_have_no_error():
    one = np.full((2, 3, 3, 1), 7, np.uint8)
    assert metrics.mean_absolute_error(one, one).tolist() == [0.0, 0.0]
    assert np.isinf(metrics.peak_signal_to_noise(one, one)).all()


def test_images_of_two_shapes_and_no_images_are_refused():
    with pytest.raises(ValueError, match=r"of one shape; received \[1, 2, 2, 1\] and \[1, 2, 2, 3"):
        metrics.mean_absolute_error(np.zeros((1, 2, 2, 1)), np.zeros((1, 2, 2, 3)))
    with pytest.raises(ValueError, match="must be images"):
        metrics.peak_signal_to_noise(np.zeros((0, 2, 2, 1)), np.zeros((0, 2, 2, 1)))
