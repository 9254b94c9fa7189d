"""The check of the five guidelines of DCGAN."""

import keras
import pytest

from tfgan.networks import dcgan, resnet

L = keras.layers


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
