"""Masks of dropout from seeds: their statistics, and what they depend on."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

COUNT, SHAPE = 400, (8, 8, 8)
SIZE = 512


def seeds(count=COUNT, second=0):
    """Consecutive seeds, which are the hardest."""
    return tf.stack([tf.range(count), tf.fill([count], second)], axis=1)


def masks(noise, rate=0.5, name="dropout"):
    """1 where a number is zero: float64 `[n, SIZE]`."""
    y = layers.NoiseDropout(rate, name=name)([tf.ones((len(noise), *SHAPE)), noise])
    return (y.numpy() == 0.0).reshape(len(noise), -1).astype(float)


def correlations(rows):
    """Those of different rows, as multiples of the deviation 1 / sqrt(length) of chance."""
    matrix = np.corrcoef(rows)
    return matrix[np.triu_indices(len(matrix), 1)] * np.sqrt(rows.shape[1])


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_the_share_of_zeros_is_the_rate(rate):
    zeros = masks(seeds(), rate)
    deviation = np.sqrt(rate * (1.0 - rate))
    assert zeros.mean() == pytest.approx(rate, abs=4.0 * deviation / np.sqrt(zeros.size))
    for axis in (0, 1):  # of each position over the seeds, and of each seed over the positions
        expected = deviation / np.sqrt(zeros.shape[axis])
        assert zeros.mean(axis).std() == pytest.approx(expected, rel=0.15)


def test_what_is_left_is_scaled_up():
    x = tf.random.stateless_uniform((4, *SHAPE), [0, 1], 1.0, 2.0)
    y = layers.NoiseDropout(0.2, name="dropout")([x, seeds(4)]).numpy()
    np.testing.assert_allclose(y[y != 0.0], (x / 0.8).numpy()[y != 0.0], rtol=1e-6)


@pytest.mark.parametrize("by", ["seed", "second word", "position", "layer"])
def test_masks_of_neighbors_are_uncorrelated(by):
    if by == "seed":
        rows = masks(seeds())
    elif by == "second word":
        rows = masks(seeds()[:, ::-1])
    elif by == "position":
        rows = masks(seeds()).T[:400]
    else:
        rows = np.stack([masks(seeds(1), name=f"dropout_{i}")[0] for i in range(60)])
    z = correlations(rows)
    assert z.std() == pytest.approx(1.0, abs=0.08)
    assert np.abs(z).max() < 6.0


def test_three_positions_are_independent():
    """The products of their signs have mean 0."""
    signs = 2.0 * masks(seeds(2000)) - 1.0
    products = signs[:, :-2] * signs[:, 1:-1] * signs[:, 2:]
    z = products.mean(axis=0) * np.sqrt(len(products))
    assert np.abs(z).max() < 5.0
    assert z.std() == pytest.approx(1.0, abs=0.15)


def test_a_mask_depends_on_its_row_its_name_and_its_positions_alone():
    noise = seeds(5, second=-(2**31))
    whole = masks(noise)
    np.testing.assert_array_equal(masks(noise[3:4])[0], whole[3])
    np.testing.assert_array_equal(masks(tf.gather(noise, [4, 3]))[1], whole[3])
    assert not np.array_equal(masks(noise, name="other"), whole)
    layer = layers.NoiseDropout(0.5, name="dropout")
    part = layer([tf.ones((5, 3, 2, 8)), noise])
    np.testing.assert_array_equal(part, layer([tf.ones((5, *SHAPE)), noise])[:, :3, :2])


def test_training_and_xla_change_nothing():
    layer, x = layers.NoiseDropout(0.5, name="dropout"), tf.ones((6, *SHAPE))
    noise = tf.constant([[2**31 - 1, -(2**31)], [-1, -1], [0, 0], [0, 1], [1, 0], [5, 2**30]])
    y = layer([x, noise])
    np.testing.assert_array_equal(layer([x, noise], training=True), y)
    np.testing.assert_array_equal(tf.function(layer, jit_compile=True)([x, noise]), y)
    assert len(np.unique(y.numpy().reshape(6, -1), axis=0)) == 6


def test_sides_that_are_not_static_have_the_same_masks():
    layer, x, noise = layers.NoiseDropout(0.5, name="dropout"), tf.ones((6, *SHAPE)), seeds(6)
    specs = [tf.TensorSpec((None, None, None, SHAPE[-1])), tf.TensorSpec((None, 2), tf.int32)]
    anything = tf.function(lambda x, noise: layer([x, noise]), input_signature=specs)
    np.testing.assert_array_equal(anything(x, noise), layer([x, noise]))


def test_gradients_pass_what_is_left():
    layer, x = layers.NoiseDropout(0.2, name="dropout"), tf.ones((3, *SHAPE))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer([x, seeds(3)])
    np.testing.assert_allclose(tape.gradient(y, x), y, rtol=1e-6)


def test_a_rate_of_0_returns_the_input_and_others_are_refused():
    x = tf.random.stateless_normal((2, *SHAPE), [0, 1])
    np.testing.assert_array_equal(layers.NoiseDropout(0.0)([x, seeds(2)]), x)
    for rate in (-0.1, 1.0):
        with pytest.raises(ValueError, match=rf"rate must be in \[0, 1\); received {rate}"):
            layers.NoiseDropout(rate)
