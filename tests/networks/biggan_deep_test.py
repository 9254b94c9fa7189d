"""BigGAN-deep: shapes, and its discriminator under a gradient penalty."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import biggan_deep


@pytest.mark.parametrize("shape", [(8, 8, 1), (28, 28, 1), (8, 12, 3)])
def test_images_have_the_given_shape_and_there_is_one_logit_each(shape):
    generator = biggan_deep.generator(shape, 5, classes=3, width=1, embedding_dim=2)
    discriminator = biggan_deep.discriminator(shape, classes=3, width=1)
    assert generator.output_shape == (None, *shape)
    assert discriminator.output_shape == (None, 1)
    assert sorted(x.name for x in generator.inputs) == ["label", "latent"]


def test_the_gradient_of_a_penalty_is_that_of_finite_differences(monkeypatch):
    """With a smooth activation: the slope of ReLU jumps, and a penalty with it."""
    monkeypatch.setattr(keras.layers, "ReLU", lambda: keras.layers.Activation("softplus"))
    keras.utils.set_random_seed(0)
    model = biggan_deep.discriminator((8, 8, 1), width=2)
    x = tf.random.stateless_normal((2, 8, 8, 1), [0, 1])
    kernel = next(v for v in model.trainable_variables if v.name == "kernel").value
    direction = tf.random.stateless_normal(kernel.shape, [2, 3])
    direction /= tf.norm(direction)

    def penalty():
        with tf.GradientTape() as tape:
            tape.watch(x)
            logits = model({"data": x}, training=False)
        return tf.reduce_sum(tf.square(tape.gradient(logits, x)))

    with tf.GradientTape() as tape:
        value = penalty()
    exact = tf.reduce_sum(tape.gradient(value, kernel) * direction)
    start, step = tf.identity(kernel), 1e-3
    values = []
    for sign in (1.0, -1.0):
        kernel.assign(start + sign * step * direction)
        values.append(penalty())
    finite = (values[0] - values[1]) / (2 * step)
    assert abs(float(exact)) > 1e-6 * float(value)
    np.testing.assert_allclose(exact, finite, rtol=2e-2, atol=1e-3 * float(value))
