"""Noise maps: a standard normal distribution, and what it depends on."""

import numpy as np
import pytest
import tensorflow as tf
from scipy import stats

from tfgan import layers

SHAPE = (16, 16, 3)


def seeds(count):
    """Consecutive seeds, which are the hardest."""
    return np.stack([np.arange(count), np.zeros(count)], axis=1).astype(np.int32)


def added(noise, strength=1.0, name="noise", shape=SHAPE):
    layer = layers.NoiseMap(name=name)
    x = np.zeros((len(noise), *shape), np.float32)
    layer([x, noise])
    layer.strength.assign(strength)
    return layer([x, noise]).numpy()


def test_the_numbers_are_standard_normal():
    numbers = added(seeds(100))[..., 0].ravel()
    distance, _ = stats.kstest(numbers, "norm")
    assert distance < 1.63 / np.sqrt(numbers.size)  # the 1 % point of Kolmogorov's distribution
    assert np.abs(numbers).max() < 4.9


def test_maps_of_different_seeds_layers_and_positions_are_uncorrelated():
    one, other = added(seeds(64))[..., 0], added(seeds(64), name="other")[..., 0]
    flat = one.reshape(64, -1)
    pairs = [
        np.corrcoef(flat[0], flat[1])[0, 1],
        np.corrcoef(flat.ravel(), other.ravel())[0, 1] * 8.0,
        np.corrcoef(one[:, :, 1:].ravel(), one[:, :, :-1].ravel())[0, 1] * 8.0,
    ]
    assert max(map(abs, pairs)) < 4.0 / 16.0  # four deviations of 256 pairs of numbers


def test_all_channels_have_the_same_noise_times_the_strength():
    one, half = added(seeds(2)), added(seeds(2), 0.5)
    np.testing.assert_array_equal(one, np.repeat(one[..., :1], 3, axis=-1))
    np.testing.assert_allclose(half, 0.5 * one, rtol=1e-6)


def test_the_strength_is_zero_at_first_and_has_a_gradient():
    layer, x = layers.NoiseMap(name="noise"), tf.ones((2, *SHAPE))
    with tf.GradientTape() as tape:
        y = layer([x, seeds(2)])
        loss = tf.reduce_sum(y * y)
    np.testing.assert_array_equal(y, x)
    assert abs(float(tape.gradient(loss, layer.strength.value))) > 0.0


def test_the_noise_of_an_example_does_not_depend_on_its_batch():
    together = added(seeds(5))
    np.testing.assert_array_equal(added(seeds(5)[3:4])[0], together[3])


@pytest.mark.parametrize("jit", [False, True], ids=["graph", "xla"])
def test_graphs_draw_what_eager_calls_draw(jit):
    layer, x = layers.NoiseMap(name="noise"), tf.zeros((3, *SHAPE))
    layer([x, seeds(3)])
    layer.strength.assign(1.0)
    graph = tf.function(lambda noise: layer([x, noise]), jit_compile=jit)
    np.testing.assert_allclose(graph(tf.constant(seeds(3))), added(seeds(3)), atol=2e-6)
