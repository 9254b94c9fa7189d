"""Random views: in training alone, of images alone, one draw per image."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, replicas, rng

SEED = rng.stream(0, 0, "test")
IMAGES = tf.random.stateless_uniform((4, 8, 8, 1), [0, 1], -1.0, 1.0)


def views(layer, images=IMAGES, seed=SEED):
    with rng.layer_seeds(seed):
        return np.asarray(layer(images, training=True))


def test_equal_images_get_different_views_and_an_even_image_stays():
    same = tf.repeat(IMAGES[:1], 4, axis=0)
    changed = views(layers.RandomAffine(name="v"), same)
    assert all(np.abs(changed[0] - changed[i]).max() > 0.1 for i in range(1, 4))
    even = tf.fill((4, 8, 8, 1), 0.5)
    np.testing.assert_allclose(views(layers.RandomAffine(name="v"), even), even, atol=1e-6)


def test_a_weaker_view_is_nearer_to_the_image():
    distances = [
        np.abs(views(layers.RandomAffine(strength, name="v")) - IMAGES).mean()
        for strength in (0.0, 0.1, 1.0)
    ]
    assert distances[0] == 0.0 < distances[1] < 0.5 * distances[2]


def test_nothing_happens_outside_training():
    np.testing.assert_array_equal(layers.RandomAffine(name="v")(IMAGES, training=False), IMAGES)


def test_replicas_change_images_as_one_device_would(two_replicas):
    layer = layers.RandomAffine(name="v")
    whole = views(layer)

    def call():
        half = IMAGES[:2] if replicas.index() == 0 else IMAGES[2:]
        with rng.layer_seeds(SEED):
            return layer(half, training=True)

    parts = two_replicas.run(call).values
    np.testing.assert_allclose(np.concatenate([part.numpy() for part in parts]), whole, atol=1e-6)


@pytest.mark.parametrize("strength", [-1, 4.5, float("nan")])
def test_a_strength_out_of_range_is_refused(strength):
    with pytest.raises(ValueError, match=f"strength must be from 0 to 4; received {strength}"):
        layers.RandomAffine(strength)


def test_a_config_makes_the_layer_again():
    config = keras.saving.serialize_keras_object(layers.RandomAffine(0.5, name="v"))
    again = keras.saving.deserialize_keras_object(config)
    assert (again.strength, again.name) == (0.5, "v")
