"""Styles: truncation, style mixing, and the running mean."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, rng

COUNT, SIZE = 6, 4


def vectors(seed, count=3):
    return np.random.RandomState(seed).randn(count, SIZE).astype("float32")


def made(mean=None, **arguments):
    layer = layers.Styles(COUNT, name="styles", **arguments)
    layer.build([(None, SIZE), (None, 1)])
    if mean is not None:
        layer.mean.assign(mean)
    return layer


def psi(*values):
    return np.float32(values)[:, None]


def test_psi_of_1_changes_nothing_and_of_0_gives_the_mean():
    w, mean = vectors(0), vectors(1, 1)[0]
    styles = made(mean)([w, psi(1.0, 0.0, 0.5)]).numpy()
    expected = np.stack([w[0], mean, 0.5 * (w[2] + mean)])
    np.testing.assert_allclose(styles, np.repeat(expected[:, None], COUNT, axis=1), rtol=1e-6)


def test_layers_from_the_cutoff_on_are_not_truncated():
    w, mean = vectors(0), vectors(1, 1)[0]
    styles = made(mean, cutoff=2)([w, psi(0.0, 0.0, 0.0)]).numpy()
    np.testing.assert_array_equal(styles[:, :2], np.broadcast_to(mean, (3, 2, SIZE)))
    np.testing.assert_array_equal(styles[:, 2:], np.repeat(w[:, None], COUNT - 2, axis=1))


def test_the_mean_moves_in_training_alone():
    layer, w = made(decay=0.75), vectors(0)
    layer([w, psi(1.0, 1.0, 1.0)])
    np.testing.assert_array_equal(layer.mean, np.zeros(SIZE))
    layer([w, psi(1.0, 1.0, 1.0)], training=True)
    layer([w, psi(1.0, 1.0, 1.0)], training=True)
    np.testing.assert_allclose(layer.mean, (1 - 0.75**2) * w.mean(0), rtol=1e-6)


def test_the_mean_is_that_of_the_global_batch(two_replicas):
    w = vectors(0, 4)
    with two_replicas.scope():
        layer = made(decay=0.0)

    def of_replica():
        first = 2 * tf.distribute.get_replica_context().replica_id_in_sync_group
        layer([tf.constant(w)[first:][:2], tf.ones((2, 1))], training=True)

    two_replicas.run(tf.function(of_replica))
    np.testing.assert_allclose(layer.mean.numpy(), w.mean(0), rtol=1e-6)


def test_mixing_gives_the_layers_from_a_random_one_on_the_second_style():
    layer, firsts = made(mixing=0.75), []
    w, second = np.zeros((2, SIZE), "float32"), np.ones((2, SIZE), "float32")

    @tf.function
    def mixed(step):
        with rng.layer_seeds(rng.stream(0, step, "test")):
            return layer([w, psi(1.0, 1.0), second], training=True)

    for step in tf.range(300):
        styles = mixed(step).numpy()
        rows = styles[0, :, 0]
        assert set(np.unique(rows)) <= {0.0, 1.0} and (np.diff(rows) >= 0.0).all()
        np.testing.assert_array_equal(styles, np.broadcast_to(rows[:, None], styles.shape))
        firsts.append(int(COUNT - rows.sum()))
    shares = np.bincount(firsts, minlength=COUNT + 1) / 300
    assert shares[0] == 0.0  # the first layer has the first style
    np.testing.assert_allclose(shares[1:], [0.15] * 5 + [0.25], atol=0.07)


def test_samples_are_not_mixed():
    w, second = vectors(0), vectors(1)
    styles = made(mixing=1.0)([w, psi(1.0, 1.0, 1.0), second])
    np.testing.assert_array_equal(styles, np.repeat(w[:, None], COUNT, axis=1))


def test_second_latents_are_new_in_training_alone():
    layer, z = layers.SecondLatent(name="second_latent"), vectors(0, 2000)
    np.testing.assert_array_equal(layer(z), z)
    with rng.layer_seeds(rng.stream(0, 0, "test")):
        new = layer(z, training=True).numpy()
    assert new.mean() == pytest.approx(0.0, abs=0.05) and new.std() == pytest.approx(1.0, abs=0.05)
    assert abs(np.corrcoef(new.ravel(), z.ravel())[0, 1]) < 0.05


def test_unit_squares_have_a_mean_square_of_1():
    x = 5.0 * vectors(0)
    y = layers.UnitSquares()(x).numpy()
    np.testing.assert_allclose(np.mean(y**2, axis=1), 1.0, rtol=1e-6)
    np.testing.assert_allclose(y / x, np.repeat(y[:, :1] / x[:, :1], SIZE, axis=1), rtol=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"count": 0}, "count must be 1 or more; received 0"),
        ({"count": 2, "mixing": 1.5}, "mixing must be from 0 to 1; received 1.5"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        layers.Styles(**arguments)
