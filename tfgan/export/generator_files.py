"""The generator alone, as one file: for Keras without tfgan, for LiteRT and for ONNX.

It takes latents, and labels if it is conditional; other conditions, such as the sources of
translations, as networks take them: images as float32 in [-1, 1], masks one-hot. It computes in
float32 on layers of Keras' own; LiteRT and ONNX end with raw data, such as the pixels of an image,
uint8, while Keras returns the output of the network, such as float32 in [-1, 1].
"""

import importlib
import pathlib
import tempfile

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from tfgan import extras, files, layers, rng
from tfgan.export import model_card, usage_snippets, verification, versions
from tfgan.models import network_calls, sampling


def keras_file(model, directory, details):
    """Writes the next version of `generator.keras`: latents, labels -> float32 data.

    Args and Raises: see `saved_model`; also ValueError for a model without one network that makes
      data of latents, or with layers that Keras does not have.
    Returns: str, the path of the version.
    """

    def convert(network):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "generator.keras")
            network.save(path)
            return path.read_bytes()

    def run(content, inputs):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "generator.keras")
            path.write_bytes(content)
            network = keras.saving.load_model(path)
        data = network_calls.call_network(network, inputs, training=False)
        return model.modality.to_raw(data).numpy()

    return _publish("keras", convert, run, model, directory, details)


def litert_file(model, directory, details):
    """Writes the next version of `generator.tflite`: latents, labels -> raw data.

    Args, Raises and Returns: see `keras_file`; also ValueError without the extra `litert`.
    """
    interpreter = _module("ai_edge_litert.interpreter", "litert")

    def convert(network):
        with tempfile.TemporaryDirectory() as folder:
            _save_frozen(_raw_function(network, model.modality), folder)
            return tf.lite.TFLiteConverter.from_saved_model(folder).convert()

    def run(content, inputs):
        runner = interpreter.Interpreter(model_content=content).get_signature_runner()
        [data] = runner(**inputs).values()
        return data

    return _publish("litert", convert, run, model, directory, details)


def onnx_file(model, directory, details):
    """Writes the next version of `generator.onnx`: latents, labels -> raw data.

    Args, Raises and Returns: see `keras_file`; also ValueError without the extra `onnx`.
    """
    converter, runtime = _module("tf2onnx", "onnx").convert, _module("onnxruntime", "onnx")

    def convert(network):
        function = _raw_function(network, model.modality)
        proto, _ = converter.from_function(function, function.input_signature, opset=17)
        return proto.SerializeToString()

    def run(content, inputs):
        session = runtime.InferenceSession(content, providers=["CPUExecutionProvider"])
        return session.run(None, inputs)[0]

    return _publish("onnx", convert, run, model, directory, details)


_FILES = {"keras": "generator.keras", "litert": "generator.tflite", "onnx": "generator.onnx"}


def _publish(kind, convert, run, model, directory, details):
    """Writes the next version of a file.

    Args:
      kind: str, a key of `_FILES`.
      convert: function, `keras.Model` -> bytes.
      run: function (bytes, inputs by name) -> raw data: what the file makes.
    """
    verification.check_precision(model)
    network = model.sampling_network()
    if network is None:
        raise ValueError(
            f"{type(model).__name__} has no network that makes data of latents in one pass; only "
            "saved_model can hold it."
        )
    network = layers.on_keras_layers(network)

    def write(folder):
        content = convert(network)

        def sample(request):
            return run(content, _inputs(model, network, request)), None

        verification.check_samples(model, sample, levels=1)
        files.write_bytes(f"{folder}/{_FILES[kind]}", content)
        usage = usage_snippets.of_generator(
            kind, network, model.modality, model.condition_modalities
        )
        model_card.write(folder, model, details, usage)

    return versions.publish(directory, write)


def _inputs(model, network, request):
    """The generator's inputs for sample 0 of a request: dict of NumPy arrays of one row."""
    conditions = {name: request[name] for name in ("label", *model.condition_specs)}
    rows = sampling.sample_arguments(model, 1, request["truncation"], conditions)
    seeds = rng.fold(sampling.stream(request["seed"]), [0])
    inputs = model.latents(seeds, **{name: tf.constant(row) for name, row in rows.items()})
    return {name: np.array(inputs[name]) for name in network_calls.input_names(network)}


def _raw_function(network, modality):
    """A network as a `tf.function` of its inputs by name that ends with raw data."""
    specs = [tf.TensorSpec((None, *x.shape[1:]), x.dtype, x.name) for x in network.inputs]

    @tf.function(autograph=False, input_signature=specs)
    def call(*values):
        inputs = {spec.name: value for spec, value in zip(specs, values, strict=True)}
        data = network_calls.call_network(network, inputs, training=False)
        return {modality.output_name: tf.identity(modality.to_raw(data), name=modality.output_name)}

    return call


def _save_frozen(function, folder):
    """A SavedModel of constants: LiteRT's converter would leave variables without their values."""
    concrete = function.get_concrete_function()
    [output] = concrete.structured_outputs
    frozen = convert_variables_to_constants_v2(concrete)

    @tf.function(autograph=False, input_signature=function.input_signature)
    def call(*values):
        return {output: frozen(*values)[0]}

    tf.saved_model.save(tf.Module(), folder, signatures=call.get_concrete_function())


def _module(name, extra):
    with extras.require(extra, f"The format {extra}"):
        return importlib.import_module(name)
