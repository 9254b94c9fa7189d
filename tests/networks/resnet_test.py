"""Residual networks: parameters, the shortcut, the projection of labels."""

import keras
import numpy as np
import pytest
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


def trainable(model):
    return sum(int(np.prod(v.shape)) for v in model.trainable_variables)


def test_the_networks_of_the_paper_with_projection_have_its_counts():
    """At 32x32: G of 256 filters and D of 128, both without and with 10 classes."""
    shape, widths = (32, 32, 3), {"width": 256, "growth": 1}
    assert trainable(resnet.generator(shape, 128, **widths)) == 4_276_739
    given = {"classes": 10, "class_norm": True}
    assert trainable(resnet.generator(shape, 128, **given, **widths)) == 4_304_387
    sizes = {"width": 128, "growth": 1, "halvings": 2, "blocks": 2}
    bias = 1  # which the last layer of the paper does not have
    assert trainable(resnet.discriminator(shape, **sizes)) == 1_053_824 + bias
    assert trainable(resnet.discriminator(shape, classes=10, **sizes)) == 1_055_104 + bias


def test_the_label_reaches_the_generator_by_the_norms_of_its_blocks_alone():
    model = resnet.generator((8, 8, 1), 5, classes=3, class_norm=True, width=2)
    norms = [x for x in model.layers if isinstance(x, layers.ConditionalBatchNormalization)]
    assert len(norms) == 4  # two in each of two blocks
    given = {"latent": tf.random.stateless_normal((2, 5), [0, 1]), "label": tf.constant([0, 1])}
    other = given | {"label": tf.constant([2, 1])}
    assert np.any(model(given)[0] != model(other)[0])
    np.testing.assert_allclose(model(given)[1], model(other)[1], atol=1e-6)
    for norm in norms:
        norm.bias.assign(tf.zeros_like(norm.bias))
    np.testing.assert_array_equal(model(given), model(other))  # the gains are equal at first


def test_the_biases_of_classes_differ_from_the_start():
    model = resnet.generator((8, 8, 1), 5, classes=3, class_norm=True, width=8)
    for layer in model.layers:
        if isinstance(layer, layers.ConditionalBatchNormalization):
            rows = layer.bias.numpy()
            assert np.abs(rows).max() <= 1.0
            assert rows.std(axis=0).mean() > 0.2  # three draws from [-1, 1): about 0.45 on average


def test_blocks_and_halvings_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="class_norm needs classes; received None"):
        resnet.generator((8, 8, 1), 5, class_norm=True)
    for wrong in ({"halvings": 3}, {"halvings": 0}, {"blocks": -1}):
        with pytest.raises(ValueError, match="halvings must be 1 to 2 and blocks 0 or more"):
            resnet.discriminator((8, 8, 1), **wrong)
