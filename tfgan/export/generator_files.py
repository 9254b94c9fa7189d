"""The generator alone, as one file: for Keras without tfgan, for LiteRT and for ONNX.

It takes latents, and labels if it is conditional. All computes in float32 on layers of Keras' own;
LiteRT and ONNX end with raw data, such as the pixels of an image, uint8, while Keras gives what the
network makes, such as float32 in [-1, 1].
"""

import tempfile

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from tfgan import extras, files, layers, rng
from tfgan.export import metadata as telling
from tfgan.export import usage_snippets, verification, versions
from tfgan.models import network_calls, sampling


def keras_file(model, directory, about):
    """Writes the next version of `generator.keras`: latents, labels -> float32 data.

    Args and Raises: as of `saved_model`; also ValueError for a model without one network that makes
      data of latents, or with layers that Keras has not.
    Returns: str, the path of the version.
    """

    def convert(network):
        with tempfile.TemporaryDirectory() as folder:
            network.save(f"{folder}/generator.keras")
            with open(f"{folder}/generator.keras", "rb") as file:
                return file.read()

    def run(content, inputs):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/generator.keras"
            with open(path, "wb") as file:
                file.write(content)
            network = keras.saving.load_model(path)
        made = network_calls.call_network(network, inputs, training=False)
        return model.modality.to_raw(made).numpy()

    return _publish("keras", convert, run, model, directory, about)


def litert_file(model, directory, about):
    """Writes the next version of `generator.tflite`: latents, labels -> raw data.

    Args, Raises and Returns: as of `keras_file`; also ValueError without the extra `litert`.
    """
    interpreters = _module("ai_edge_litert.interpreter", "litert")

    def convert(network):
        with tempfile.TemporaryDirectory() as folder:
            _save_raw(network, model.modality, folder)
            return tf.lite.TFLiteConverter.from_saved_model(folder).convert()

    def run(content, inputs):
        interpreter = interpreters.Interpreter(model_content=content)
        [made] = interpreter.get_signature_runner()(**inputs).values()
        return made

    return _publish("litert", convert, run, model, directory, about)


def onnx_file(model, directory, about):
    """Writes the next version of `generator.onnx`: latents, labels -> raw data.

    Args, Raises and Returns: as of `keras_file`; also ValueError without the extra `onnx`.
    """
    converters = _module("tf2onnx", "onnx")
    runtime = _module("onnxruntime", "onnx")

    def convert(network):
        call = _raw(network, model.modality)
        proto, _ = converters.convert.from_function(call, call.input_signature, opset=17)
        return proto.SerializeToString()

    def run(content, inputs):
        session = runtime.InferenceSession(content, providers=["CPUExecutionProvider"])
        return session.run(None, inputs)[0]

    return _publish("onnx", convert, run, model, directory, about)


_FILES = {"keras": "generator.keras", "litert": "generator.tflite", "onnx": "generator.onnx"}


def _publish(kind, convert, run, model, directory, about):
    verification.check_precision(model)
    network = model.sampling_network()
    if network is None:
        raise ValueError(
            f"{type(model).__name__} has no network that makes data of latents in one pass; only "
            "saved_model can hold it."
        )
    network = layers.on_keras_layers(network)

    def write(part):
        content = convert(network)
        for asked in verification.requests(model):
            made = run(content, _inputs(model, network, asked))
            wanted = verification.sample(model, asked)["data"]
            verification.check_equal(
                made, wanted, f"seed {asked['seed']}", model.modality, levels=1
            )
        files.write_bytes(f"{part}/{_FILES[kind]}", content)
        text = usage_snippets.of_generator(kind, network, model.modality)
        telling.write(part, model, about, clients=text)

    return versions.publish(directory, write)


def _inputs(model, network, asked):
    """What the generator takes for sample 0 of a request: dict of NumPy arrays of one row."""
    names = "label", *model.condition_specs
    rows = sampling.sample_arguments(
        model, 1, asked["truncation"], {name: asked[name] for name in names}
    )
    seeds = rng.fold(sampling.stream(asked["seed"]), [0])
    drawn = model.latents(seeds, **{name: tf.constant(row) for name, row in rows.items()})
    return {name: np.array(drawn[name]) for name in network_calls.input_names(network)}


def _raw(network, modality):
    """A network as a `tf.function` of its inputs by name that ends with raw data."""
    specs = [tf.TensorSpec((None, *x.shape[1:]), x.dtype, x.name) for x in network.inputs]
    names = [spec.name for spec in specs]

    @tf.function(autograph=False, input_signature=specs)
    def call(*values):
        data = network_calls.call_network(
            network, dict(zip(names, values, strict=True)), training=False
        )
        return {modality.output_name: tf.identity(modality.to_raw(data), name=modality.output_name)}

    return call


def _save_raw(network, modality, folder):
    """A SavedModel of constants: LiteRT's converter would leave variables without their values."""
    call = _raw(network, modality)
    concrete = call.get_concrete_function()
    [output] = concrete.structured_outputs
    frozen = convert_variables_to_constants_v2(concrete)

    @tf.function(autograph=False, input_signature=call.input_signature)
    def constant(*values):
        return {output: frozen(*values)[0]}

    tf.saved_model.save(tf.Module(), folder, signatures=constant.get_concrete_function())


def _module(name, extra):
    """An optional module. Raises ValueError with the command that installs it."""
    import importlib

    with extras.require(extra, f"The format {extra}"):
        return importlib.import_module(name)
