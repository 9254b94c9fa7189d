import importlib

import numpy as np
import pytest
import tensorflow as tf

from tfgan import metrics


def images(count=4, size=28, channels=1, seed=0):
    draw = np.random.default_rng(seed)
    noise = draw.standard_normal((count, size, size, channels)).cumsum(1).cumsum(2)
    noise -= noise.min()
    return (255.0 * noise / noise.max()).astype(np.uint8)


def test_large_gray_images_are_tensorflows_value():
    one, other = images(size=256), images(size=256, seed=1)
    expected = tf.image.ssim_multiscale(one, other, max_val=255).numpy()
    np.testing.assert_allclose(metrics.multi_scale_ssim(one, other), expected, atol=1e-5)


@pytest.mark.parametrize("size", [16, 28, 32, 33, 64])
@pytest.mark.parametrize("channels", [1, 3])
def test_equal_images_are_at_one_and_others_below(size, channels):
    one, other = images(3, size, channels), images(3, size, channels, 1)
    np.testing.assert_allclose(metrics.multi_scale_ssim(one, one), 1.0, atol=1e-12)
    assert (metrics.multi_scale_ssim(one, other) < 0.95).all()


def test_it_is_symmetric():
    one, other = images(), images(seed=1)
    np.testing.assert_allclose(
        metrics.multi_scale_ssim(one, other), metrics.multi_scale_ssim(other, one), rtol=1e-12
    )


def test_more_pairs_than_a_block_are_each_on_their_own():
    one, other = images(130, 16), images(130, 16, seed=1)
    together = metrics.multi_scale_ssim(one, other)
    apart = [metrics.multi_scale_ssim(one[i : i + 1], other[i : i + 1])[0] for i in (0, 64, 129)]
    np.testing.assert_allclose(together[[0, 64, 129]], apart, rtol=1e-12)


def test_more_noise_is_less_alike():
    one = images().astype(np.float64)
    noise = np.random.default_rng(2).standard_normal(one.shape)
    values = [metrics.multi_scale_ssim(one, one + size * noise).mean() for size in (1, 10, 50)]
    assert values[0] > values[1] > values[2]


def test_a_collapsed_generator_has_no_diversity():
    same = np.repeat(images(1), 20, axis=0)
    found = metrics.multi_scale_ssim_diversity(same, pairs=30)
    assert found.mean == pytest.approx(1.0, abs=1e-12) and found.standard_error < 1e-12
    assert metrics.multi_scale_ssim_diversity(images(20), pairs=30).mean < 0.9


def test_pairs_are_of_two_different_images_of_one_class():
    module = importlib.import_module("tfgan.metrics.multi_scale_ssim")
    label = np.array([0, 1, 0, 2, 2, 2, 1, 0])
    first, second = module._draw_pairs(8, 500, np.random.default_rng(0), label)
    assert (first != second).all() and (label[first] == label[second]).all()
    pairs = {tuple(pair) for pair in zip(first, second, strict=True)}
    assert pairs == {(i, j) for i in range(8) for j in range(8) if i != j and label[i] == label[j]}


def test_one_image_has_no_pair():
    with pytest.raises(ValueError, match="two images; received 1 images"):
        metrics.multi_scale_ssim_diversity(images(1))
    with pytest.raises(ValueError, match="each class has one"):
        metrics.multi_scale_ssim_diversity(images(2), label=np.array([0, 1]))


def test_other_forms_are_refused():
    with pytest.raises(ValueError, match="of one shape"):
        metrics.multi_scale_ssim(images(), images(channels=3))
    with pytest.raises(ValueError, match="16 x 16 pixels"):
        metrics.multi_scale_ssim(images(size=15), images(size=15))
