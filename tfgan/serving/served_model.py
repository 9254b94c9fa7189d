"""One version of a SavedModel, loaded and tried."""

import contextlib
import dataclasses

import absl.logging
import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.protobuf import saved_model_pb2

from tfgan.failures import sentence
from tfgan.serving import metadata, warm_up

FILE = "saved_model.pb"


@dataclasses.dataclass(frozen=True)
class Model:
    """One loaded version.

    Attributes:
      version: int.
      signatures: dict of `Signature` by name.
      definitions: dict by name, the signatures in TensorFlow Serving's JSON form.
      facts: `metadata.Facts`; None for SavedModels that tfgan did not export.
    """

    version: int
    signatures: dict
    definitions: dict
    facts: dict | None


class Signature:
    """A function of a SavedModel, from named tensors to named tensors.

    Attributes:
      name: str.
      inputs, outputs: dict of `tf.TensorSpec` by name, sorted: TensorFlow's order is by chance.
      in_rows: bool, whether all of them have a leading dimension of any size.
    """

    def __init__(self, name, function, owner):
        self.name = name
        self._owner = owner  # its variables live as long as it does
        self.inputs = dict(sorted(function.structured_input_signature[1].items()))
        self.outputs = {
            output: tf.TensorSpec(given.shape, given.dtype)
            for output, given in sorted(function.structured_outputs.items())
        }
        specs = [*self.inputs.values(), *self.outputs.values()]
        self.in_rows = all(spec.shape.rank and spec.shape[0] is None for spec in specs)
        self._function = function

    def __call__(self, inputs):
        """Arrays by name -> arrays by name."""
        tensors = {
            name: tf.constant(inputs[name], spec.dtype) for name, spec in self.inputs.items()
        }
        return {
            name: np.asarray(tensor.numpy(), tensor.dtype.as_numpy_dtype)
            for name, tensor in self._function(**tensors).items()
        }


def load(path, version):
    """The Model in the folder of a version, which has answered a request.

    Raises: ValueError for whatever is wrong with it.
    """
    try:
        model = _loaded(path, version)
        warm_up.check(model)
    except Exception as error:  # TensorFlow raises what its files make it stumble over
        reason = sentence(str(error))
        raise ValueError(f"{path}, version {version}, cannot be served: {reason}") from error
    return model


def _loaded(path, version):
    with _without_notes():
        loaded = tf.saved_model.load(path)
    signatures = {
        name: Signature(name, function, loaded) for name, function in loaded.signatures.items()
    }
    if not signatures:
        raise ValueError("it has no signatures to call.")
    return Model(version, signatures, _definitions(path, signatures), metadata.read(path))


@contextlib.contextmanager
def _without_notes():
    """TensorFlow warns of gradients that a SavedModel lacks; nobody asks a server for gradients."""
    before = absl.logging.get_verbosity()
    absl.logging.set_verbosity(absl.logging.ERROR)
    try:
        yield
    finally:
        absl.logging.set_verbosity(before)


def _definitions(path, names):
    """The signatures as TensorFlow Serving's metadata tell them: dict by name."""
    with tf.io.gfile.GFile(f"{path}/{FILE}", "rb") as file:
        saved = saved_model_pb2.SavedModel.FromString(file.read())
    [graph] = [each for each in saved.meta_graphs if "serve" in each.meta_info_def.tags]
    return {
        name: json_format.MessageToDict(
            graph.signature_def[name],
            preserving_proto_field_name=True,
            always_print_fields_with_no_presence=True,
        )
        for name in names
    }
