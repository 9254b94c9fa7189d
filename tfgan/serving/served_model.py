"""One version of a SavedModel: loaded, and tested before clients use it."""

import dataclasses
import json

import absl.logging
import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.protobuf import saved_model_pb2

from tfgan.export import metadata as metadata_files
from tfgan.export import source_pictures, translation
from tfgan.failures import user_message
from tfgan.serving import page, predict_request, responses
from tfgan.serving.http_errors import Rejection

FILE = "saved_model.pb"
_SIDE = 16  # pixels of the images that try these


@dataclasses.dataclass(frozen=True)
class Model:
    """One loaded version."""

    version: int
    signatures: dict  # of `Signature` by name
    definitions: dict  # by name, the signatures in TensorFlow Serving's JSON form
    metadata: dict | None  # `export.metadata.Metadata`; None where tfgan did not export it
    sources: list = dataclasses.field(default_factory=list)  # of bytes, PNG files to begin with

    @property
    def translates(self):
        """Whether it translates images of any size: bool."""
        has_source = "source" in (self.metadata or {}).get("conditions", {})
        return has_source and "translate" in self.signatures


class Signature:
    """A function of a SavedModel, from named tensors to named tensors.

    Attributes:
      name: str.
      inputs, outputs: dict of `tf.TensorSpec` by name, sorted: TensorFlow's order is arbitrary.
      in_rows: bool, whether all of them have a leading dimension of any size.
    """

    def __init__(self, name, function, owner):
        self.name = name
        self._function = function
        self._owner = owner  # its variables live as long as it does
        self.inputs = dict(sorted(function.structured_input_signature[1].items()))
        self.outputs = {
            output: tf.TensorSpec(tensor.shape, tensor.dtype)
            for output, tensor in sorted(function.structured_outputs.items())
        }
        specs = [*self.inputs.values(), *self.outputs.values()]
        self.in_rows = all(spec.shape.rank and spec.shape[0] is None for spec in specs)

    def __call__(self, inputs):
        """Arrays by name -> arrays by name."""
        tensors = {n: tf.constant(inputs[n], spec.dtype) for n, spec in self.inputs.items()}
        return {
            name: np.asarray(tensor.numpy(), tensor.dtype.as_numpy_dtype)
            for name, tensor in self._function(**tensors).items()
        }


def load(path, version):
    """The Model in the folder of a version, which has served a request.

    Raises: ValueError for whatever is wrong with it.
    """
    try:
        model = _read(path, version)
        _try(model)
    except Exception as error:  # TensorFlow raises many types for broken files
        reason = user_message(str(error))
        raise ValueError(f"{path}, version {version}, cannot be served: {reason}") from error
    return model


def _read(path, version):
    verbosity = absl.logging.get_verbosity()
    absl.logging.set_verbosity(absl.logging.ERROR)  # it warns of gradients that are not saved
    try:
        loaded = tf.saved_model.load(path)
    finally:
        absl.logging.set_verbosity(verbosity)
    signatures = {name: Signature(name, call, loaded) for name, call in loaded.signatures.items()}
    if not signatures:
        raise ValueError("it has no signatures to call.")
    metadata, sources = metadata_files.read(path), source_pictures.read(path)
    return Model(version, signatures, _definitions(path, signatures), metadata, sources)


def _definitions(path, names):
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


def _try(model):
    """Asks a model for a sample, calls its other signatures, and writes its page.

    The first call of a signature is slow, so this also spares clients that time. Models that tfgan
    did not export are not called: their inputs are not known.
    """
    page.text(model, "model", 1)
    if model.metadata is None:
        return
    sampling = model.signatures.get("serving_default")
    if sampling is None or "seed" not in sampling.inputs:
        raise ValueError("it has no signature serving_default that takes a seed.")
    classes = model.metadata.get("classes")
    if ("label" in sampling.inputs) != bool(classes):
        raise ValueError(
            f"it has {classes or 'no'} classes by its metadata, and its signature takes "
            f"{'no' if classes else 'a'} label."
        )
    try:
        request = predict_request.parse(_trial(sampling), model, 1)
        responses.encode(request.signature(request.inputs), request.in_rows)
        for signature in model.signatures.values():
            specs = signature.inputs
            has_shapes = all(spec.shape[1:].is_fully_defined() for spec in specs.values())
            is_known = has_shapes or signature.name in translation.NAMES.values()
            if signature is not sampling and signature.in_rows and is_known:
                signature({name: _zeros(spec) for name, spec in specs.items()})
    except Rejection as error:
        raise ValueError(f"it cannot serve a request: {error.sentence}") from error
    except tf.errors.OpError as error:
        raise ValueError(f"it fails when it is called: {user_message(error.message)}") from error


def _trial(sampling):
    """The body of a request for a sample: bytes; the conditions are zeros."""
    row = {name: _zeros(spec)[0].tolist() for name, spec in sampling.inputs.items()}
    if "label" in row:
        row["label"] = -1
    return json.dumps({"instances": [row]}).encode()


def _zeros(spec):
    shape = [_SIDE if size is None else size for size in spec.shape[1:]]
    return np.zeros((1, *shape), spec.dtype.as_numpy_dtype)
