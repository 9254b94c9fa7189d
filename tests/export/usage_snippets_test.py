"""The commands of the model card, run by the clients that they are for."""

import re
from concurrent import futures

import numpy as np
import pytest
import tensorflow as tf

SEED = 9
# The model with labels has all that the other has.
WITH_LABELS = pytest.mark.parametrize("run", ["cgan"], indirect=True)


SAVED_MODEL_CLI = """
from tensorflow.python.tools import saved_model_cli
saved_model_cli.main()
"""


@WITH_LABELS
def test_saved_model_cli_runs_the_command_of_the_card(programs, exported, tfgan_sample, tmp_path):
    run, path = exported
    with open(f"{path}/model_card.md") as card:
        [inputs] = [line for line in card if "--input_exprs" in line]
    signature = ["--tag_set=serve", "--signature_def=serving_default", f"--dir={path}"]
    expressions = inputs.split("'")[1].replace("seed=[7]", f"seed=[{SEED}]")
    arguments = [*signature, f"--input_exprs={expressions}", f"--outdir={tmp_path}"]
    code, _, error = programs.start("run", *arguments, code=SAVED_MODEL_CLI).end()
    assert code == 0, error
    np.testing.assert_array_equal(np.load(tmp_path / "image.npy"), tfgan_sample(run, SEED)["data"])


@pytest.mark.grpc
def test_grpc_clients_of_tf_serving_get_the_samples(exported, loaded_model, rows, tfgan_sample):
    """Needs tensorflow-serving-api without its dependencies: see CONTRIBUTING.md."""
    import grpc
    from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

    _, loaded = loaded_model

    class Servicer(prediction_service_pb2_grpc.PredictionServiceServicer):
        def Predict(self, request, context):  # noqa: N802
            call = loaded.signatures[request.model_spec.signature_name]
            arguments = {
                name: tf.constant(tf.make_ndarray(v)) for name, v in request.inputs.items()
            }
            try:
                outputs = call(**arguments)
            except tf.errors.InvalidArgumentError as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, error.message)
            outputs = {name: tf.make_tensor_proto(value.numpy()) for name, value in outputs.items()}
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
            columns = rows(loaded.signatures["serving_default"], [SEED, SEED + 1])
            for name, value in columns.items():
                request.inputs[name].CopyFrom(tf.make_tensor_proto(value.numpy()))
            outputs = stub.Predict(request, timeout=60).outputs
            image = tf.make_ndarray(outputs["image"])
            for row in range(2):
                sample = tfgan_sample(exported[0], SEED + row)["data"][0]
                np.testing.assert_array_equal(image[row], sample)
                png = outputs["png_bytes"].string_val[row]
                np.testing.assert_array_equal(tf.io.decode_png(png), sample)
            bad = tf.make_tensor_proto([7.0, 7.0], tf.float32)
            request.inputs["truncation"].CopyFrom(bad)
            with pytest.raises(grpc.RpcError, match="INVALID_ARGUMENT"):
                stub.Predict(request, timeout=60)
    finally:
        server.stop(None)


def test_the_python_of_the_card_runs(exported):
    _, path = exported
    card = tf.io.gfile.GFile(f"{path}/model_card.md").read()
    [code] = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    names = {}
    exec(code.replace("DIR/1", path), names)
    assert names["outputs"]["image"].shape == (1, 8, 8, 1)
