"""`keras:NAME`: any classifier of `keras.applications`, as an extractor.

Features are the input of the last dense layer (VGG16: the 4,096 of fc2; ResNet50: 2,048), logits
its output before the softmax.
"""

import inspect
import sys

import keras

from tfgan import words
from tfgan.extractors import digest, weights_file
from tfgan.extractors.extractor import Extractor


def open_application(name, weights=None, resize="clean"):
    """The extractor of one application, called keras-<name>.

    Args:
      name: str, such as "VGG16"; case does not matter.
      weights: str, a file with the weights of the whole model; None for Keras' on ImageNet.
      resize: str, a mode of `resizing`.
    Raises: ValueError for an unknown name, or weights that are missing or do not fit.
    """
    build = _find(name)
    model = _loaded(build, weights) if weights else _with_imagenet(build)
    head = model.layers[-1]
    if not isinstance(head, keras.layers.Dense):
        raise ValueError(f"{build.__name__} does not end with a dense layer; choose another.")
    network = keras.Model(model.inputs, [head.input, head.output])
    preprocess = sys.modules[build.__module__].preprocess_input
    height, width, channels = model.input_shape[1:]
    return Extractor(
        f"keras-{build.__name__.lower()}",
        lambda images: network(preprocess(images), training=False),
        version=keras.__version__,
        sha256=digest.of_weights(model),
        size=(height, width),
        channels=channels,
        resize=resize,
        dimensions=head.input.shape[-1],
        classes=head.units,
    )


def names():
    """The names of all applications: list of str."""
    return sorted(
        name
        for name, build in vars(keras.applications).items()
        if callable(build) and "classifier_activation" in inspect.signature(build).parameters
    )


def _find(name):
    known = {known.lower(): known for known in names()}
    if name.lower() not in known:
        raise words.unknown("keras:NAME", name.lower(), known)
    return getattr(keras.applications, known[name.lower()])


def _loaded(build, path):
    model = build(weights=None, classifier_activation=None)
    weights_file.load(model, path, build.__name__)
    return model


def _with_imagenet(build):
    try:
        return build(weights="imagenet", classifier_activation=None)
    except Exception as error:  # Keras raises a bare Exception when a download fails
        raise ValueError(
            f"Keras could not download the weights of {build.__name__} "
            f"({weights_file.first_line(error)}); give a file with --extractor_weights."
        ) from error
