"""A user's own network: a .keras file or the folder of a SavedModel.

The network takes float32 images in 0..255, of the size and channels that its input declares, and
returns features `[n, d]`, or a dict with `features` (or TF-Hub's `pool_3`) and, for a classifier,
`logits`.
"""

import io
import os

import keras
import tensorflow as tf

from tfgan import files
from tfgan.extractors import allowed_operations, digest, weights_file
from tfgan.extractors.extractor import Extractor

_FEATURES = ("features", "pool_3")


def open_keras_file(path, resize="clean"):
    """The extractor of a .keras file; Keras' safe mode refuses files with code."""
    with files.open_archive(path) as archive:
        for entry in archive.names:
            content = archive.read(entry)
            if entry.endswith(".h5"):
                files.check_hdf5(io.BytesIO(content), f"{path}: {entry}")
    try:
        model = keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # of any type: the file decides what Keras calls
        raise ValueError(
            f"{path} is not a Keras model that can be loaded ({weights_file.first_line(error)})."
        ) from error
    if len(model.inputs) != 1:
        raise ValueError(f"{path} must take one input, images; it takes {len(model.inputs)}.")
    return _extractor(
        path,
        lambda images: model(images, training=False),
        model.inputs[0].shape,
        digest.of_file(path),
        resize,
    )


def open_saved_model(path, resize="clean"):
    """The extractor of a SavedModel's serving signature, whose operations only compute."""
    allowed_operations.check(path)
    try:
        loaded = tf.saved_model.load(path)
        serve = loaded.signatures["serving_default"]
    except Exception as error:  # of any type: the folder decides what is called
        reason = weights_file.first_line(error)
        raise ValueError(
            f"{path} is not a SavedModel with a serving signature ({reason})."
        ) from error
    inputs = serve.structured_input_signature[1]
    if len(inputs) != 1:
        raise ValueError(f"{path} must take one input, images; it takes {len(inputs)}.")
    (name, spec), *_ = inputs.items()

    def network(images):
        # The module must outlive its signature.
        return loaded.signatures["serving_default"](**{name: images})

    return _extractor(path, network, spec.shape, digest.of_folder(path), resize)


def _extractor(path, network, shape, sha256, resize):
    if len(shape) != 4:
        raise ValueError(f"{path} must take images [n, height, width, channels], not {shape}.")
    height, width, channels = tuple(shape)[1:]
    example = tf.zeros([1, height or 64, width or 64, channels or 3])
    features, logits = _parts(path, network(example))
    if len(features.shape) != 2:
        raise ValueError(f"{path} must give features [n, d]; it gives {list(features.shape)}.")
    return Extractor(
        os.path.basename(path.rstrip("/")).removesuffix(".keras"),
        lambda images: _parts(path, network(images)),
        version="own",
        sha256=sha256,
        size=(height, width) if height and width else None,
        channels=channels,
        resize=resize,
        dimensions=features.shape[1],
        classes=None if logits is None else logits.shape[1],
    )


def _parts(path, output):
    """(features, logits or None) of a network's output."""
    if not isinstance(output, dict):
        return output, None
    named = [name for name in _FEATURES if name in output]
    if not named and len(output) == 1:  # a signature names even a single tensor
        return next(iter(output.values())), None
    if not named:
        listed = ", ".join(output)
        raise ValueError(f"{path} must give features, and logits if any; it gives {listed}.")
    return output[named[0]], output.get("logits")
