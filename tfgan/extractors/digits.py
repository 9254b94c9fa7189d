"""`digits`: a small classifier of handwritten digits, for scores of MNIST-like runs offline.

28 x 28 gray images; five convolutions, 64 features after a dense layer and ReLU, 10 logits. The
weights are those of

    tfgan prepare --what=digits_extractor --out=digits.npz

on the 4,500 training digits of mnist5k (seed 0, 3,000 steps of 64). It classifies 493 of the 500
held-out digits correctly (98.6 %).
"""

import hashlib
import pathlib

import keras
import tensorflow as tf

from tfgan import files
from tfgan.extractors.extractor import Extractor

SHA256 = "bb6284ad57547b4c75ca3b165eca60a43c54707c924e1c2f36d76780c9bca9f0"
CLASSES = 10
SIZE = (28, 28)

_PATH = pathlib.Path(__file__).with_name("digits.npz")
_DIMENSIONS = 64
_FORM = {"version": "1", "sha256": SHA256, "size": SIZE}


def open_digits(resize="clean"):
    """The extractor with the weights of the package."""
    model = _weighted_network()
    return Extractor(
        "digits",
        lambda images: model(images, training=False),
        channels=1,
        dimensions=_DIMENSIONS,
        classes=CLASSES,
        **_FORM,
        resize=resize,
    )


def open_stacked_digits(resize="clean"):
    """The extractor of images whose three colors are digits: features side by side, 1,000 classes.

    The logit of three digits is the sum of the log-probabilities of each; the class of red, green
    and blue digits r, g, b is 100 r + 10 g + b.
    """
    model = _weighted_network()

    def joint(images):
        colors = [model(images[..., each : each + 1], training=False) for each in range(3)]
        red, green, blue = (tf.nn.log_softmax(logits) for _, logits in colors)
        logits = red[:, :, None, None] + green[:, None, :, None] + blue[:, None, None, :]
        return tf.concat([features for features, _ in colors], 1), tf.reshape(logits, (-1, 1000))

    return Extractor(
        "stacked_digits",
        joint,
        channels=3,
        dimensions=3 * _DIMENSIONS,
        classes=CLASSES**3,
        **_FORM,
        resize=resize,
    )


def _weighted_network():
    sha256 = hashlib.sha256(_PATH.read_bytes()).hexdigest()
    if sha256 != SHA256:
        raise ValueError(f"{_PATH} has the SHA-256 {sha256}; it must be {SHA256}: reinstall tfgan.")
    model = network(SIZE + (1,), CLASSES)
    with files.open_arrays(str(_PATH)) as arrays:
        model.set_weights([arrays[f"{index:02d}"] for index in range(len(arrays))])
    return model


def save_weights(path, model):
    """Writes weights for this extractor, the same bytes for the same weights."""
    files.write_arrays(path, {f"{index:02d}": w for index, w in enumerate(model.get_weights())})


def network(shape, classes):
    """The network of images of a shape `[h, w, c]` in 0..255 -> [features, logits]."""
    images = keras.Input(shape, name="images")
    hidden = keras.layers.Rescaling(1.0 / 127.5, offset=-1.0)(images)
    for filters, strides in ((16, 1), (32, 2), (32, 1), (64, 2), (64, 2)):
        hidden = keras.layers.Conv2D(filters, 3, strides=strides, padding="same")(hidden)
        hidden = keras.layers.LeakyReLU(0.1)(hidden)
    features = keras.layers.Dense(_DIMENSIONS, activation="relu")(keras.layers.Flatten()(hidden))
    return keras.Model(images, [features, keras.layers.Dense(classes)(features)])
