"""SavedModels in a folder: which versions there are, and the one that is served."""

import contextlib
import dataclasses
import json
import logging

import absl.logging
import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.protobuf import saved_model_pb2

from ..errors import sentence

_LOG = logging.getLogger(__name__)
_FILE = "saved_model.pb"
_FACTS = "assets.extra/tfgan.json"
_FORMAT = 1


@dataclasses.dataclass(frozen=True)
class Model:
    """One loaded version.

    Attributes:
      version: int.
      signatures: dict of `Signature` by name.
      definitions: dict by name, the signatures in TensorFlow Serving's JSON form.
      facts: dict, what `tfgan export` wrote about the model; None for other SavedModels.
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


class Shelf:
    """The highest version in a folder, also when that changes.

    Attributes:
      current: Model.
    Args:
      folder: str, with versions in folders 1, 2, ...; or the folder of one version.
      version: int, the only one to serve; None for the highest.
    Raises: ValueError if there is nothing to serve, and what TensorFlow raises at broken files.
    """

    def __init__(self, folder, version=None):
        self._folder = folder.rstrip("/")
        self._reported = None
        found = versions(self._folder)
        if not found:
            raise ValueError(
                f"{folder} holds no SavedModel: neither {_FILE} nor folders 1, 2, ... with one. "
                "`tfgan export` makes one."
            )
        if version is not None and version not in found:
            there = ", ".join(map(str, sorted(found)))
            raise ValueError(f"{folder} has no version {version}; there is {there}.")
        self._fixed = version is not None or tf.io.gfile.exists(f"{self._folder}/{_FILE}")
        chosen = max(found) if version is None else version
        self.current = load(found[chosen], chosen)

    def refresh(self):
        """Loads the highest version if it is not the one that is served; a broken one is left.

        A request that has begun ends with the version that it began with.
        """
        try:
            found = {} if self._fixed else versions(self._folder)
            highest = max(found, default=self.current.version)
            if highest != self.current.version:
                self.current = _newer(found[highest], highest)
        except Exception as error:  # whatever is wrong with the folder, the old version serves on
            if str(error) != self._reported:
                _LOG.warning("%s", error)
            self._reported = str(error)


def _newer(path, version):
    try:
        model = load(path, version)
    except Exception as error:
        raise ValueError(f"Version {version} cannot be loaded: {sentence(str(error))}") from error
    _LOG.info("Version %d is served now.", version)
    return model


def versions(folder):
    """The SavedModels of a folder: dict of paths by version, int.

    The folder of one version is that version itself, or 1 if its name is no number.
    """
    if tf.io.gfile.exists(f"{folder}/{_FILE}"):
        name = folder.rpartition("/")[2]
        return {int(name) if _is_number(name) else 1: folder}
    if not tf.io.gfile.isdir(folder):
        return {}
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(folder)]
    paths = {int(name): f"{folder}/{name}" for name in names if _is_number(name)}
    return {number: path for number, path in paths.items() if tf.io.gfile.exists(f"{path}/{_FILE}")}


def load(path, version):
    """The Model in the folder of a version.

    Raises: ValueError for a SavedModel without signatures or with facts that cannot be read, and
      what TensorFlow raises at broken files.
    """
    with _without_notes():
        loaded = tf.saved_model.load(path)
    signatures = {
        name: Signature(name, function, loaded) for name, function in loaded.signatures.items()
    }
    if not signatures:
        raise ValueError(f"{path} has no signatures to call.")
    model = Model(version, signatures, _definitions(path, signatures), _facts(path))
    if model.facts is not None:
        _warm_up(signatures)
    return model


@contextlib.contextmanager
def _without_notes():
    """TensorFlow warns of gradients that a SavedModel lacks; nobody asks a server for gradients."""
    before = absl.logging.get_verbosity()
    absl.logging.set_verbosity(absl.logging.ERROR)
    try:
        yield
    finally:
        absl.logging.set_verbosity(before)


def _warm_up(signatures):
    """The first call takes as long as many later ones: nobody shall wait for it."""
    for signature in signatures.values():
        specs = signature.inputs
        if signature.in_rows and all(spec.shape[1:].is_fully_defined() for spec in specs.values()):
            signature({name: np.zeros((1, *spec.shape[1:])) for name, spec in specs.items()})


def _is_number(name):
    return name.isascii() and name.isdigit()


def _definitions(path, names):
    """The signatures as TensorFlow Serving's metadata tell them: dict by name."""
    with tf.io.gfile.GFile(f"{path}/{_FILE}", "rb") as file:
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


def _facts(path):
    file_name = f"{path}/{_FACTS}"
    if not tf.io.gfile.exists(file_name):
        return None
    with tf.io.gfile.GFile(file_name) as file:
        try:
            facts = json.loads(file.read())
        except ValueError as error:
            raise ValueError(f"{file_name} is not JSON: {error}.") from error
    if not isinstance(facts, dict) or facts.get("format") != _FORMAT:
        raise ValueError(f"{file_name} is not of format {_FORMAT}, which this version reads.")
    return facts
