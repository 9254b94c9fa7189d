"""Labels as an input of DCGAN's networks."""

import keras
import numpy as np
import tensorflow as tf

from tfgan.networks import dcgan

L = keras.layers


def test_every_pixel_of_the_label_plane_is_that_of_its_class():
    """Not rows of one class spread over several: class c lights plane c, at its place."""
    shape = (8, 4, 3)
    model = dcgan.discriminator(shape, classes=5, width=4)
    table = next(v for v in model.trainable_variables if v.name == "embeddings")
    joined = next(layer for layer in model.layers if isinstance(layer, L.Concatenate))
    inside = keras.Model(model.inputs, joined.output)
    data, label = tf.random.stateless_normal((4, *shape), [0, 1]), tf.constant([3, 0, 4, 3])
    out = np.asarray(inside({"data": data, "label": label}))
    np.testing.assert_array_equal(out[..., :3], data)
    for index, c in enumerate([3, 0, 4, 3]):
        for row in range(8):
            np.testing.assert_array_equal(out[index, row, :, 3], table[c][row * 4 : row * 4 + 4])


def test_labels_enter_the_generator_beside_the_latent():
    model = dcgan.generator((8, 8, 1), 6, classes=5, width=4)
    table = next(v for v in model.trainable_variables if v.name == "embeddings")
    joined = next(layer for layer in model.layers if isinstance(layer, L.Concatenate))
    latent = tf.random.stateless_normal((2, 6), [0, 1])
    inside = keras.Model(model.inputs, joined.output)
    out = inside({"latent": latent, "label": tf.constant([4, 1])})
    wanted = np.concatenate([latent, np.asarray(table)[[4, 1]]], axis=1)
    np.testing.assert_array_equal(out, wanted)
