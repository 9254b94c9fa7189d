"""Residual networks: parameters, the shortcut, the projection of labels."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers
from tfgan.networks import resnet

L = keras.layers


def conv(size, inputs, filters):
    return size * size * inputs * filters + filters


def test_the_generator_of_the_papers_for_cifar_has_as_many_parameters_as_the_formula_says():
    w = 8
    # Latent 5 -> 4x4x8, three blocks (two 3x3, a 1x1, two norms of 4 numbers a channel), the end.
    block = 2 * conv(3, w, w) + conv(1, w, w) + 2 * 4 * w
    wanted = 6 * 16 * w + 3 * block + 4 * w + conv(3, w, 3)
    assert resnet.generator((32, 32, 3), 5, width=w, growth=1).count_params() == wanted


def test_the_discriminator_has_as_many_parameters_as_the_formula_says():
    # 16x16 -> 8x8x4 -> 4x4x8 and a block that keeps its size, whose shortcut has no kernel.
    first = conv(3, 3, 4) + conv(3, 4, 4) + conv(1, 3, 4)
    second = conv(3, 4, 8) + conv(3, 8, 8) + conv(1, 4, 8)
    third = 2 * conv(3, 8, 8)
    model = resnet.discriminator((16, 16, 3), width=4, normalization=None)
    assert model.count_params() == first + second + third + 8 + 1


def test_a_block_without_residual_passes_its_input_on():
    """With the 3x3 kernels at 0 and the 1x1 at 1 an image becomes the sum of its local means."""
    model = resnet.discriminator((8, 8, 1), width=1, growth=1, normalization=None)
    for layer in model.layers:
        if isinstance(layer, L.Conv2D):
            layer.kernel.assign(tf.ones_like(layer.kernel) * float(layer.kernel_size == (1, 1)))
        elif isinstance(layer, L.Dense):
            layer.kernel.assign(tf.ones_like(layer.kernel))
    x = tf.random.stateless_uniform((3, 8, 8, 1), [0, 1])  # above 0, where ReLU does nothing
    # Two halvings by means leave a sum of 1/16 of the pixels' sum.
    wanted = np.sum(x, axis=(1, 2, 3))[:, None] / 16
    np.testing.assert_allclose(model({"data": x}), wanted, rtol=1e-5)


def test_spectral_normalization_covers_every_kernel():
    model = resnet.discriminator((8, 8, 1), classes=3, width=2)
    kinds = layers.SpectralNormalization
    covered = [x for x in model.layers if isinstance(x, kinds)]
    with_weights = [x for x in model.layers if x.trainable_weights]
    assert covered == with_weights


def test_the_label_adds_its_vector_times_the_features():
    model = resnet.discriminator((8, 8, 1), classes=3, width=2, normalization=None)
    table = next(v for v in model.trainable_variables if v.name == "embeddings")
    pooled = next(x for x in model.layers if isinstance(x, layers.GlobalSumPooling2D))
    head = next(x for x in model.layers if isinstance(x, L.Dense))
    given = {
        "data": tf.random.stateless_normal((4, 8, 8, 1), [0, 1]),
        "label": tf.constant([2, 0, 1, 2]),
    }
    features = np.asarray(keras.Model(model.inputs, pooled.output)(given))
    rows = np.asarray(table)[[2, 0, 1, 2]]
    wanted = features @ np.asarray(head.kernel) + np.sum(rows * features, axis=1, keepdims=True)
    np.testing.assert_allclose(model(given), wanted, rtol=1e-4, atol=1e-5)
