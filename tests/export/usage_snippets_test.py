"""The files as their real clients read them."""

import functools
import importlib.util
import os
import subprocess
import sys
from concurrent import futures

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import images

SEED = 9


def needs(module, extra):
    is_missing = importlib.util.find_spec(module) is None
    return pytest.mark.skipif(is_missing, reason=f"needs pip install 'tfgan[{extra}]'")


def export_generator(run, kind, name):
    """The path of the generator's file, exported now."""
    assert main._run(["export", f"--workdir={run}", f"--format={kind}"]) == 0
    versions = sorted(int(each) for each in os.listdir(f"{run}/export_{kind}"))
    return f"{run}/export_{kind}/{versions[-1]}/{name}"


@pytest.fixture
def given(served, rows):
    """The generator's inputs for 20 seeds, NumPy, and the images that they become."""
    _, loaded = served
    latent, generate = (loaded.signatures[name] for name in ("latent", "generate"))
    inputs = latent(**rows(latent, range(SEED, SEED + 20)))
    made = generate(**inputs)["image"].numpy()
    return {name: value.numpy() for name, value in inputs.items()}, made


def assert_within_a_level(made, wanted):
    assert made.dtype == np.uint8 and made.shape == wanted.shape
    assert np.abs(made.astype(int) - wanted).max() <= 1


SAVED_MODEL_CLI = """
from tensorflow.python.tools import saved_model_cli
saved_model_cli.main()
"""


def test_saved_model_cli_runs_the_command_of_the_card(programs, exported, wanted, tmp_path):
    run, path = exported
    with open(f"{path}/model_card.md") as card:
        [inputs] = [line for line in card if "--input_exprs" in line]
    signature = ["--tag_set=serve", "--signature_def=serving_default", f"--dir={path}"]
    expressions = inputs.split("'")[1].replace("seed=[7]", f"seed=[{SEED}]")
    given = [*signature, f"--input_exprs={expressions}", f"--outdir={tmp_path}"]
    code, _, error = programs.start("run", *given, code=SAVED_MODEL_CLI).end()
    assert code == 0, error
    np.testing.assert_array_equal(np.load(tmp_path / "image.npy"), wanted(run, SEED)["data"])


KERAS_ALONE = """
import sys
import keras, numpy as np
network = keras.saving.load_model(sys.argv[1])
np.save(sys.argv[3], network.predict(dict(np.load(sys.argv[2])), verbose=0))
assert not any(name.startswith("tfgan") for name in sys.modules)
"""


def test_keras_reads_the_generator_without_tfgan(run, given, tmp_path):
    inputs, expected = given
    file = export_generator(run, "keras", "generator.keras")
    np.savez(tmp_path / "in.npz", **inputs)
    arguments = [file, str(tmp_path / "in.npz"), str(tmp_path / "out.npy")]
    subprocess.run([sys.executable, "-c", KERAS_ALONE, *arguments], check=True)
    made = images.to_uint8(np.load(tmp_path / "out.npy")).numpy()
    assert_within_a_level(made, expected)


@needs("ai_edge_litert", "litert")
@pytest.mark.parametrize("count", [1, 20])
def test_litert_makes_the_images(run, given, count):
    from ai_edge_litert.interpreter import Interpreter

    inputs, expected = given
    interpreter = Interpreter(model_path=litert_file(run))
    made = interpreter.get_signature_runner()(**{n: v[:count] for n, v in inputs.items()})
    assert_within_a_level(made["image"], expected[:count])


@functools.cache
def litert_file(run):
    return export_generator(run, "litert", "generator.tflite")


@needs("tf2onnx", "onnx")
@needs("onnxruntime", "onnx")
def test_onnxruntime_makes_the_images(run, given):
    import onnxruntime

    inputs, expected = given
    session = onnxruntime.InferenceSession(export_generator(run, "onnx", "generator.onnx"))
    assert_within_a_level(session.run(["image"], inputs)[0], expected)


@pytest.mark.grpc
def test_grpc_clients_of_tf_serving_get_the_samples(exported, served, rows, wanted):
    """Needs tensorflow-serving-api without its dependencies: see BUILD.md."""
    import grpc
    from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

    _, loaded = served

    class Servicer(prediction_service_pb2_grpc.PredictionServiceServicer):
        def Predict(self, request, context):  # noqa: N802
            call = loaded.signatures[request.model_spec.signature_name]
            given = {name: tf.constant(tf.make_ndarray(v)) for name, v in request.inputs.items()}
            try:
                made = call(**given)
            except tf.errors.InvalidArgumentError as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, error.message)
            outputs = {name: tf.make_tensor_proto(value.numpy()) for name, value in made.items()}
            return predict_pb2.PredictResponse(outputs=outputs)

    server = grpc.server(futures.ThreadPoolExecutor(1))
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(Servicer(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
            request = predict_pb2.PredictRequest()
            request.model_spec.name = "gan"
            request.model_spec.signature_name = "serving_default"
            asked = rows(loaded.signatures["serving_default"], [SEED, SEED + 1])
            for name, value in asked.items():
                request.inputs[name].CopyFrom(tf.make_tensor_proto(value.numpy()))
            outputs = stub.Predict(request, timeout=60).outputs
            image = tf.make_ndarray(outputs["image"])
            for row in range(2):
                sample = wanted(exported[0], SEED + row)["data"][0]
                np.testing.assert_array_equal(image[row], sample)
                png = outputs["png_bytes"].string_val[row]
                np.testing.assert_array_equal(tf.io.decode_png(png), sample)
            bad = tf.make_tensor_proto([7.0, 7.0], tf.float32)
            request.inputs["truncation"].CopyFrom(bad)
            with pytest.raises(grpc.RpcError, match="INVALID_ARGUMENT"):
                stub.Predict(request, timeout=60)
    finally:
        server.stop(None)
