"""Answers over HTTP are those of the SavedModel's own signatures, in TensorFlow Serving's form."""

import base64
import concurrent.futures

import numpy as np
import pytest
import tensorflow as tf


@pytest.fixture(scope="module")
def signatures(conditional_model):
    loaded = tf.saved_model.load(str(conditional_model / "1"))
    yield loaded.signatures


def sample(signatures, seeds, truncations, labels):
    outputs = signatures["serving_default"](
        seed=tf.constant(seeds, tf.int64),
        truncation=tf.constant(truncations, tf.float32),
        label=tf.constant(labels, tf.int32),
    )
    return {name: tensor.numpy() for name, tensor in outputs.items()}


def decoded(row):
    return tf.io.decode_png(base64.b64decode(row["b64"])).numpy()


def test_rows_are_answered_as_the_signature_answers_them(conditional, signatures):
    rows = [
        {"seed": 5, "truncation": 0.0, "label": 2},
        {"seed": 2**40, "truncation": 0.5, "label": -1},
        {"seed": 5, "truncation": 1, "label": 0},
    ]
    status, answer = conditional.predict({"instances": rows})
    assert status == 200
    expected = sample(signatures, [5, 2**40, 5], [0.0, 0.5, 1.0], [2, -1, 0])
    predictions = answer["predictions"]
    np.testing.assert_array_equal([row["image"] for row in predictions], expected["image"])
    np.testing.assert_array_equal([row["label"] for row in predictions], expected["label"])
    for row, image in zip(predictions, expected["image"], strict=True):
        np.testing.assert_array_equal(decoded(row["png_bytes"]), image)
    assert [set(row) for row in predictions] == [{"image", "label", "png_bytes"}] * 3


def test_columns_are_answered_as_columns(conditional, signatures):
    columns = {"seed": [7, 8], "truncation": [0.25, 0.0], "label": [1, 1]}
    status, answer = conditional.predict({"inputs": columns})
    assert (status, set(answer)) == (200, {"outputs"})
    expected = sample(signatures, *columns.values())
    assert set(answer["outputs"]) == set(expected)
    np.testing.assert_array_equal(answer["outputs"]["image"], expected["image"])
    np.testing.assert_array_equal(answer["outputs"]["label"], expected["label"])


@pytest.mark.parametrize("path", ["/v1/models/toy:predict", "/v1/models/toy/versions/1:predict"])
def test_truncation_and_label_may_be_left_out(conditional, path):
    full = {"instances": [{"seed": 3, "truncation": 0.0, "label": -1}, {"seed": 4, "label": 1}]}
    short = {"instances": [{"seed": 3}, {"seed": 4, "label": 1, "truncation": 0.0}]}
    assert conditional.predict(full, path) == conditional.predict(short, path)
    assert conditional.predict({"inputs": {"seed": [3]}}, path)[0] == 200


def test_a_row_alone_is_the_row_in_a_batch(conditional):
    rows = [{"seed": seed, "label": seed % 3} for seed in range(8)]
    _, together = conditional.predict({"instances": rows})
    alone = [conditional.predict({"instances": [row]})[1]["predictions"][0] for row in rows]
    assert alone == together["predictions"]


def test_a_filter_leaves_the_outputs_that_it_names(conditional):
    question = {"instances": [{"seed": 1}, {"seed": 2}]}
    _, whole = conditional.predict(question)
    _, two = conditional.predict(question | {"output_filter": ["label", "png_bytes"]})
    names = ("label", "png_bytes")
    assert two["predictions"] == [
        {name: row[name] for name in names} for row in whole["predictions"]
    ]
    # One output stands without its name, as in TensorFlow Serving.
    _, one = conditional.predict(question | {"output_filter": ["png_bytes"]})
    assert one["predictions"] == [row["png_bytes"] for row in whole["predictions"]]


def test_latents_lead_to_the_images_of_their_seeds(toy):
    question = {"inputs": {"seed": [1, 2]}}
    _, latents = toy.predict(question | {"signature_name": "latent"})
    assert np.shape(latents["outputs"]) == (2, 6)
    by_latent = {"signature_name": "generate", "inputs": {"latent": latents["outputs"]}}
    assert toy.predict(by_latent) == toy.predict(question)
    # The only input may stand without its name.
    by_latent = {"signature_name": "generate", "inputs": latents["outputs"]}
    assert toy.predict(by_latent) == toy.predict(question)
    _, rows = toy.predict({"signature_name": "generate", "instances": latents["outputs"]})
    _, expected = toy.predict({"instances": [{"seed": 1}, {"seed": 2}]})
    assert rows == expected


def test_images_are_judged(toy):
    images = np.random.default_rng(0).integers(0, 256, (3, 5, 4, 3))
    question = {"signature_name": "discriminate", "inputs": {"image": images.tolist()}}
    status, answer = toy.predict(question)
    assert status == 200
    np.testing.assert_allclose(answer["outputs"], images.sum((1, 2, 3)) / 8.0 - 900.0)


def test_requests_at_one_time_each_get_their_own_rows(conditional):
    def ask(number):
        rows = [{"seed": 100 * number + row, "label": number % 3} for row in range(1 + number % 3)]
        return conditional.predict({"instances": rows})

    expected = [ask(number) for number in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        for _ in range(5):
            assert list(pool.map(ask, range(12))) == expected
    assert len({str(answer) for answer in expected}) == 12


def test_the_status_is_that_of_tensorflow_serving(toy):
    state = {
        "version": "1",
        "state": "AVAILABLE",
        "status": {"error_code": "OK", "error_message": ""},
    }
    for path in ("/v1/models/toy", "/v1/models/toy/versions/1"):
        assert toy.get(path) == (200, {"model_version_status": [state]})


def test_the_metadata_tell_types_and_shapes(conditional):
    status, answer = conditional.get("/v1/models/toy/metadata")
    assert status == 200
    assert answer["model_spec"] == {"name": "toy", "signature_name": "", "version": "1"}
    definitions = answer["metadata"]["signature_def"]["signature_def"]
    assert set(definitions) == {"serving_default", "latent", "generate", "discriminate"}
    default = definitions["serving_default"]
    assert default["method_name"] == "tensorflow/serving/predict"
    assert {name: tensor["dtype"] for name, tensor in default["inputs"].items()} == {
        "seed": "DT_INT64",
        "truncation": "DT_FLOAT",
        "label": "DT_INT32",
    }
    sizes = [side["size"] for side in default["outputs"]["image"]["tensor_shape"]["dim"]]
    assert sizes == ["-1", "5", "4", "3"]
    assert answer["metadata"]["tfgan"]["classes"] == 3
