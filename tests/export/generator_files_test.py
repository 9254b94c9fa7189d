"""The generator in a file makes the images of the SavedModel, read by its own runtime."""

import functools
import importlib.util
import os
import subprocess
import sys

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan import images

SEED = 9
# The model with labels has all that the other has.
WITH_LABELS = pytest.mark.parametrize("run", ["cgan"], indirect=True)


def needs(module, extra):
    is_missing = importlib.util.find_spec(module) is None
    return pytest.mark.skipif(is_missing, reason=f"needs pip install 'tfgan[{extra}]'")


def export_generator(run, kind, name):
    """The path of the generator's file, exported now."""
    assert main._run(["export", f"--workdir={run}", f"--format={kind}"]) == 0
    versions = sorted(int(each) for each in os.listdir(f"{run}/export_{kind}"))
    return f"{run}/export_{kind}/{versions[-1]}/{name}"


@pytest.fixture
def generator_inputs(loaded_model, rows):
    """The generator's inputs for 20 seeds, NumPy, and the images that they become."""
    _, loaded = loaded_model
    latent, generate = (loaded.signatures[name] for name in ("latent", "generate"))
    inputs = latent(**rows(latent, range(SEED, SEED + 20)))
    outputs = generate(**inputs)["image"].numpy()
    return {name: value.numpy() for name, value in inputs.items()}, outputs


def assert_within_a_level(outputs, expected):
    assert outputs.dtype == np.uint8 and outputs.shape == expected.shape
    assert np.abs(outputs.astype(int) - expected).max() <= 1


KERAS_ALONE = """
import sys
import keras, numpy as np
network = keras.saving.load_model(sys.argv[1])
np.save(sys.argv[3], network.predict(dict(np.load(sys.argv[2])), verbose=0))
assert not any(name.startswith("tfgan") for name in sys.modules)
"""


@WITH_LABELS
def test_keras_reads_the_generator_without_tfgan(run, generator_inputs, tmp_path):
    inputs, expected = generator_inputs
    file = export_generator(run, "keras", "generator.keras")
    np.savez(tmp_path / "in.npz", **inputs)
    arguments = [file, str(tmp_path / "in.npz"), str(tmp_path / "out.npy")]
    subprocess.run([sys.executable, "-c", KERAS_ALONE, *arguments], check=True)
    outputs = images.to_uint8(np.load(tmp_path / "out.npy")).numpy()
    assert_within_a_level(outputs, expected)


@WITH_LABELS
@needs("ai_edge_litert", "litert")
@pytest.mark.parametrize("count", [1, 20])
def test_litert_makes_the_images(run, generator_inputs, count):
    from ai_edge_litert.interpreter import Interpreter

    inputs, expected = generator_inputs
    interpreter = Interpreter(model_path=litert_file(run))
    outputs = interpreter.get_signature_runner()(**{n: v[:count] for n, v in inputs.items()})
    assert_within_a_level(outputs["image"], expected[:count])


@functools.cache
def litert_file(run):
    return export_generator(run, "litert", "generator.tflite")


@WITH_LABELS
@needs("tf2onnx", "onnx")
@needs("onnxruntime", "onnx")
def test_onnxruntime_makes_the_images(run, generator_inputs):
    import onnxruntime

    inputs, expected = generator_inputs
    session = onnxruntime.InferenceSession(export_generator(run, "onnx", "generator.onnx"))
    assert_within_a_level(session.run(["image"], inputs)[0], expected)
