"""`inception`: the 2015 network, by which FID, KID and IS are defined, with a user's weights file.

The weights are never downloaded. These files are read, without running code from them:

  pt_inception-2015-12-05-6726825d.pth   of the project pytorch-fid; verified by its SHA-256
  classify_image_graph_def.pb            the frozen graph inside inception-2015-12-05.tgz
  *.weights.h5                           of `network().save_weights`

Numbers of an unverified file are not called FID but `fd_inception`; they are comparable with those
of the same SHA-256 alone.
"""

import logging

import keras
import tensorflow as tf
from google.protobuf.message import DecodeError

from tfgan.extractors import digest, inception_graph, torch_file, weights_file
from tfgan.extractors.extractor import Extractor

_LOG = logging.getLogger(__name__)

VERIFIED = {"6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2": "2015-12-05"}

_FILES = (
    "pt_inception-2015-12-05-6726825d.pth (from the project pytorch-fid), "
    "classify_image_graph_def.pb (from inception-2015-12-05.tgz) or a .weights.h5"
)
_PARTS = {
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}


def open_inception(weights, resize="legacy_tf"):
    """The extractor with the weights of a file: 2,048 features and 1,008 logits.

    Args:
      weights: str, the file; the version is "unverified" unless it is a published one.
      resize: str, a mode of `resizing`.
    Raises: ValueError for no file, another kind of file, or one that lacks a weight.
    """
    if not weights:
        raise ValueError(f"inception needs --extractor_weights: {_FILES}.")
    if not tf.io.gfile.exists(weights) or tf.io.gfile.isdir(weights):
        raise ValueError(f"{weights}: there is no such file; inception takes {_FILES}.")
    model = inception_graph.network()
    if weights.endswith(".h5"):
        weights_file.load(model, weights, "the network")
    elif weights.endswith(".pb"):
        _assign(model, weights, _of_graph(weights))
    elif weights.endswith((".pth", ".pt")):
        _assign(model, weights, _of_torch(weights))
    else:
        raise ValueError(f"{weights} is not one of the files that inception takes: {_FILES}.")
    sha256 = digest.of_file(weights)
    if sha256 not in VERIFIED:
        _LOG.warning(
            "%s is not a file whose SHA-256 is known; its numbers are fd_inception, not FID.",
            weights,
        )
    return Extractor(
        "inception",
        lambda images: model(images, training=False),
        version=VERIFIED.get(sha256, "unverified"),
        sha256=sha256,
        size=inception_graph.SIZE,
        channels=3,
        resize=resize,
        dimensions=inception_graph.DIMENSIONS,
        classes=inception_graph.CLASSES,
    )


def _of_graph(path):
    """The constants of a frozen graph by the names of weights: dict of NumPy arrays."""
    graph = tf.compat.v1.GraphDef()
    try:
        with tf.io.gfile.GFile(path, "rb") as file:
            graph.ParseFromString(file.read())
    except DecodeError as error:
        raise ValueError(f"{path} is not a frozen TensorFlow graph.") from error
    constants = {node.name: node.attr["value"].tensor for node in graph.node if node.op == "Const"}
    names = {"fc.kernel": "softmax/weights"}
    for unit, graph_name in inception_graph.graph_names().items():
        names[f"{unit}.conv.kernel"] = f"{graph_name}/conv2d_params"
        names |= {f"{unit}.bn.{part}": f"{graph_name}/batchnorm/{part}" for part in _PARTS}
    return {
        name: tf.make_ndarray(constants[node]) for name, node in names.items() if node in constants
    }


def _of_torch(path):
    """The tensors of a PyTorch file by the names of weights: dict of NumPy arrays."""
    tensors = torch_file.read_tensors(path)
    weights = {}
    if "fc.weight" in tensors:
        weights["fc.kernel"] = tensors["fc.weight"].T
    for unit in inception_graph.graph_names():
        if f"{unit}.conv.weight" in tensors:
            weights[f"{unit}.conv.kernel"] = tensors[f"{unit}.conv.weight"].transpose(2, 3, 1, 0)
        for part, name in _PARTS.items():
            if f"{unit}.bn.{name}" in tensors:
                weights[f"{unit}.bn.{part}"] = tensors[f"{unit}.bn.{name}"]
    return weights


def _assign(model, path, weights):
    for layer in model.layers:
        for variable in layer.weights:
            name = f"{layer.name}.{variable.name}"
            if name not in weights:
                raise ValueError(f"{path} is not the 2015 Inception network: it has no {name}.")
            if weights[name].shape != tuple(variable.shape):
                raise ValueError(
                    f"{path} is not the 2015 Inception network: {name} must be "
                    f"{list(variable.shape)}; it is {list(weights[name].shape)}."
                )
            variable.assign(keras.ops.convert_to_tensor(weights[name], variable.dtype))
