"""DCGAN: its sizes, its start, its labels, and the check of the five guidelines."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import dcgan, resnet

L = keras.layers


def test_generator_has_as_many_parameters_as_the_formula_says():
    # latent 10, width 4, 28x28x1: 7x7x8 -> 14x14x4 -> 28x28x1; each norm has 4 numbers a channel.
    dense, first_norm = 10 * (7 * 7 * 8), 4 * 8
    middle, second_norm = 4 * 4 * 8 * 4, 4 * 4
    last = 4 * 4 * 4 * 1 + 1
    model = dcgan.generator((28, 28, 1), 10, width=4)
    assert model.count_params() == dense + first_norm + middle + second_norm + last


def test_discriminator_has_as_many_parameters_as_the_formula_says():
    # width 4, 5x5, 16x16x3: 8x8x4 -> 4x4x8 -> 1; the first layer has a bias and no norm.
    first, second, norm = 5 * 5 * 3 * 4 + 4, 5 * 5 * 4 * 8, 4 * 8
    model = dcgan.discriminator((16, 16, 3), width=4, kernel_size=5)
    assert model.count_params() == first + second + norm + (4 * 4 * 8 + 1)


def test_filters_double_from_the_finest_to_the_coarsest():
    model = dcgan.discriminator((64, 64, 3))
    filters = [layer.filters for layer in model.layers if isinstance(layer, L.Conv2D)]
    assert filters == [64, 128, 256, 512]
    model = dcgan.generator((64, 64, 3), 5, width=4)
    filters = [layer.filters for layer in model.layers if isinstance(layer, L.Conv2DTranspose)]
    assert filters == [16, 8, 4, 3]


def test_kernels_start_from_a_normal_of_002_and_differ():
    keras.utils.set_random_seed(0)
    model = dcgan.discriminator((32, 32, 16), width=16, normalization=None)
    kernels = [np.array(v) for v in model.trainable_variables if v.name == "kernel"]
    for kernel in kernels[:3]:
        # The standard error of a deviation from n numbers is 0.02 / sqrt(2 n), n >= 4,096.
        assert kernel.std() == pytest.approx(0.02, rel=0.05)
        assert abs(kernel.mean()) < 0.002
    assert not np.array_equal(kernels[0][..., :8], kernels[1][..., :16, :8])


def test_leaky_relu_has_the_slope_of_the_paper():
    model = dcgan.discriminator((8, 8, 1), width=4)
    slopes = [x.negative_slope for x in model.layers if isinstance(x, L.LeakyReLU)]
    np.testing.assert_allclose(slopes, [0.2, 0.2])


def test_two_replicas_normalize_as_one_device(two_replicas):
    with two_replicas.scope():
        model = dcgan.discriminator((8, 8, 1), width=4)
    x = tf.random.stateless_normal((4, 8, 8, 1), [0, 1])
    weights = model.get_weights()
    whole = model({"data": x}, training=True)
    moved = model.get_weights()
    model.set_weights(weights)
    halves = two_replicas.experimental_distribute_values_from_function(
        lambda context: tf.split(x, 2)[context.replica_id_in_sync_group]
    )
    run = tf.function(lambda x: two_replicas.run(lambda x: model({"data": x}, training=True), (x,)))
    parts = two_replicas.experimental_local_results(run(halves))
    np.testing.assert_allclose(tf.concat(parts, 0), whole, atol=1e-5)
    for here, there in zip(model.get_weights(), moved, strict=True):
        np.testing.assert_allclose(here, there, atol=1e-6)


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


@pytest.mark.parametrize("classes", [None, 3])
@pytest.mark.parametrize("shape", [(28, 28, 1), (32, 32, 3), (64, 48, 3)], ids=str)
def test_dcgan_follows_its_guidelines(shape, classes):
    assert dcgan.check_guidelines(dcgan.generator(shape, 5, classes=classes, width=2)) == []
    assert dcgan.check_guidelines(dcgan.discriminator(shape, classes=classes, width=2)) == []


def generator(
    *,
    first_norm=True,
    output_norm=False,
    dense=0,
    activation="relu",
    output="tanh",
    rows=4,
    up=None,
):
    """A generator of 8x8 images that follows the guidelines, up to its arguments."""
    x = latent = keras.Input((3,), name="latent")
    if dense:
        x = L.Activation(activation)(L.BatchNormalization()(L.Dense(dense)(x)))
    x = L.Reshape((rows, rows, 2))(L.Dense(rows * rows * 2)(x))
    x = L.BatchNormalization()(x) if first_norm else x
    x = L.Activation(activation)(x) if activation else x
    x = up()(x) if up else x
    x = L.Conv2DTranspose(1, 4, strides=8 // rows // (2 if up else 1), padding="same")(x)
    x = L.BatchNormalization()(x) if output_norm else x
    return keras.Model({"latent": latent}, L.Activation(output)(x) if output else x)


def discriminator(*, norm=True, input_norm=False, dense=0, activation=None, pool=None, last=False):
    """A discriminator of 8x8 images that follows the guidelines, up to its arguments."""

    def activate(x):
        return L.Activation(activation)(x) if activation else L.LeakyReLU(0.2)(x)

    x = data = keras.Input((8, 8, 1), name="data")
    x = L.Conv2D(2, 4, strides=1 if pool else 2, padding="same")(x)
    x = L.BatchNormalization()(x) if input_norm else x
    x = activate(x)
    x = pool()(x) if pool else x
    x = L.Conv2D(2, 4, strides=2, padding="same")(x)
    x = L.BatchNormalization()(x) if norm else x
    x = L.Flatten()(x if last else activate(x))
    if dense:
        x = activate(L.BatchNormalization()(L.Dense(dense)(x)))
    return keras.Model({"data": data}, L.Dense(1)(x))


def test_the_networks_that_are_broken_below_are_sound():
    assert dcgan.check_guidelines(generator()) == []
    assert dcgan.check_guidelines(discriminator()) == []


BROKEN = {
    "max pooling": (1, "MaxPooling2D", lambda: discriminator(pool=L.MaxPooling2D)),
    "mean pooling": (
        1,
        "AveragePooling2D",
        lambda: discriminator(pool=lambda: L.AveragePooling2D(2)),
    ),
    "repeated pixels": (1, "UpSampling2D", lambda: generator(rows=2, up=L.UpSampling2D)),
    "no norm in G": (2, "after 0 of 1", lambda: generator(first_norm=False)),
    "no norm in D": (2, "after 0 of 1", lambda: discriminator(norm=False)),
    "norm on G's output": (2, "generator's output", lambda: generator(output_norm=True)),
    "norm on D's input": (2, "discriminator's input", lambda: discriminator(input_norm=True)),
    "dense in G": (3, "fully connected", lambda: generator(dense=4)),
    "dense in D": (3, "fully connected", lambda: discriminator(dense=4)),
    "leaky G": (4, "leaky_relu; it should be relu", lambda: generator(activation="leaky_relu")),
    "linear G": (4, "after 0 of 1", lambda: generator(activation=None)),
    "sigmoid output": (4, "needs the activation tanh", lambda: generator(output="sigmoid")),
    "linear output": (4, "it has none", lambda: generator(output=None)),
    "tanh D": (5, "tanh; it should be leaky_relu", lambda: discriminator(activation="tanh")),
    "relu D": (5, "relu; it should be leaky_relu", lambda: discriminator(activation="relu")),
    "linear layer in D": (5, "after 1 of 2", lambda: discriminator(last=True)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_guideline_is_named_and_no_other(name):
    number, words, build = BROKEN[name]
    findings = dcgan.check_guidelines(build())
    assert findings
    assert all(sentence.startswith(f"Guideline {number}:") for sentence in findings)
    assert words in findings[0]


def test_layers_of_nested_models_are_found():
    inner = discriminator(activation="relu")
    data = keras.Input((8, 8, 1), name="data")
    outer = keras.Model({"data": data}, inner({"data": data}))
    assert dcgan.check_guidelines(outer) == dcgan.check_guidelines(inner) != []


def test_activations_inside_a_convolution_count():
    data = keras.Input((8, 8, 1), name="data")
    x = L.Flatten()(L.Conv2D(2, 4, strides=2, activation="relu")(data))
    findings = dcgan.check_guidelines(keras.Model({"data": data}, L.Dense(1)(x)))
    assert len(findings) == 1
    assert "conv2d" in findings[0]
    assert "relu" in findings[0]


def test_residual_generators_break_the_first_guideline_alone():
    findings = dcgan.check_guidelines(resnet.generator((8, 8, 1), 3, width=2))
    assert {sentence[:12] for sentence in findings} == {"Guideline 1:"}
