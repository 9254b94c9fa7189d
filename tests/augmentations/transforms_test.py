"""What every transform must do: one suite over all of them."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import replicas
from tfgan.augmentations import band_filter, blit, color, corruption, geometry

SEED = tf.constant([3, 4])
PIXELS = [blit.flip, blit.turn, blit.shift, corruption.translation, corruption.cutout]
TRANSFORMS = [
    *PIXELS, geometry.geometry, color.color, color.jitter, band_filter.band_filter, corruption.noise
]  # fmt: skip
every = pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda each: each.__name__)


def images(count=6, height=6, width=6, channels=3, seed=1):
    return tf.random.stateless_uniform((count, height, width, channels), [seed, 2], -1.0, 1.0)


@every
@pytest.mark.parametrize("shape", [(6, 6, 3), (5, 8, 1), (4, 4, 4)])
def test_nothing_changes_with_p_0_bit_for_bit(transform, shape):
    x = images(6, *shape)
    np.testing.assert_array_equal(transform(x, SEED, 0.0), x)


@every
def test_every_image_changes_by_draws_of_its_own_and_a_seed_gives_the_same_again(transform):
    same = tf.repeat(images(1, 8, 8), 24, axis=0)
    changed = np.array(transform(same, SEED, 1.0))
    assert len(np.unique(changed.reshape(24, -1), axis=0)) >= (2 if transform is blit.flip else 4)
    np.testing.assert_array_equal(transform(same, SEED, tf.constant(1.0)), changed)


@every
def test_a_part_of_a_batch_changes_as_it_does_in_the_whole(transform):
    x = images(6)
    with replicas.microbatch(2, 6):
        part = transform(x[2:5], SEED, 0.7)
    np.testing.assert_allclose(part, transform(x, SEED, 0.7)[2:5], atol=1e-6)


@every
def test_the_gradient_is_the_adjoint(transform):
    """<T x - T 0, v> = <x, T^T v>: all are linear, up to what they add."""
    x, v = images(seed=5), images(seed=6)
    with tf.GradientTape() as tape:
        tape.watch(x)
        product = tf.reduce_sum(transform(x, SEED, 1.0) * v)
    linear = product - tf.reduce_sum(transform(tf.zeros_like(x), SEED, 1.0) * v)
    adjoint = tf.reduce_sum(x * tape.gradient(product, x))
    np.testing.assert_allclose(adjoint, linear, rtol=1e-4, atol=1e-4)


@every
def test_a_compiled_penalty_through_it_has_the_gradient_of_finite_differences(transform):
    x, direction = images(3), images(1, seed=9)[0]

    def penalty(w):
        """||grad_x D(T x)||^2 for D(x) = sum of w tanh(2 x)."""
        with tf.GradientTape() as tape:
            tape.watch(x)
            logit = tf.reduce_sum(w * tf.tanh(2.0 * transform(x, SEED, 0.9)))
        return tf.reduce_sum(tf.square(tape.gradient(logit, x)))

    @tf.function(jit_compile=True, autograph=False)
    def gradient(w):
        with tf.GradientTape() as tape:
            tape.watch(w)
            value = penalty(w)
        return tape.gradient(value, w)

    w, step = tf.ones(x.shape[1:]), 1e-2
    finite = (penalty(w + step * direction) - penalty(w - step * direction)) / (2 * step)
    exact = tf.reduce_sum(gradient(w) * direction)
    np.testing.assert_allclose(exact, finite, rtol=3e-3, atol=2e-2)


@pytest.mark.parametrize("transform", [color.color, color.jitter])
def test_gray_stays_gray(transform):
    gray = tf.repeat(images(40, channels=1), 3, axis=-1)
    changed = np.array(transform(gray, SEED, 1.0))
    np.testing.assert_array_equal(changed, np.repeat(changed[..., :1], 3, axis=-1))


@pytest.mark.parametrize("transform", [color.color, color.jitter])
def test_transparency_is_kept(transform):
    x = images(channels=4)
    changed = transform(x, SEED, 1.0)
    np.testing.assert_array_equal(changed[..., 3], x[..., 3])
    np.testing.assert_array_equal(changed[..., :3], transform(x[..., :3], SEED, 1.0))


@pytest.mark.parametrize("transform", PIXELS)
def test_no_pixel_is_interpolated(transform):
    x = images(30, 5, 7)
    changed = np.array(transform(x, SEED, 1.0)).reshape(30, -1)
    for one, other in zip(np.array(x).reshape(30, -1), changed, strict=True):
        assert set(other) <= {*one, 0.0}
