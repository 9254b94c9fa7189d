"""Outputs of any type become JSON in the form of TensorFlow Serving."""

import base64

import tensorflow as tf


def test_outputs_that_are_not_one_a_row_cannot_be_rows(tmp_path, serving):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.float32, "x")])
    def sums(x):
        return {"sum": tf.reduce_sum(x), "same": x}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": sums})
    with serving(tmp_path) as client:
        for names in (["sum"], ["sum", "same"]):
            status, answer = client.predict({"instances": [1.0, 2.0], "output_filter": names})
            assert status == 400 and 'use "inputs"' in answer["error"]
        answer = client.predict({"inputs": [1.0, 2.0]})
        assert answer == (200, {"outputs": {"sum": 3.0, "same": [1.0, 2.0]}})


def test_any_signatures_are_served(tmp_path, serving):
    """Text, booleans, fixed shapes, scalars, half precision: nothing that tfgan would export."""
    module = tf.Module()

    @tf.function(
        input_signature=[
            tf.TensorSpec((None,), tf.string, "text"),
            tf.TensorSpec((2,), tf.bool, "flags"),
            tf.TensorSpec((), tf.float64, "scale"),
        ]
    )
    def mixed(text, flags, scale):
        return {
            "joined": tf.strings.reduce_join(text),
            "raw_bytes": text,
            "broken": tf.constant([b"\xff"]),
            "neither": tf.logical_not(flags),
            "half": tf.cast([scale], tf.bfloat16),
            "none": tf.constant([float("nan"), float("inf")]),
        }

    tf.saved_model.save(module, str(tmp_path / "3"), {"serving_default": mixed})
    with serving(tmp_path) as client:
        text = ["é", {"b64": base64.b64encode(b"\x00\xff").decode()}]
        question = {"inputs": {"text": text, "flags": [True, False], "scale": 1.5}}
        status, answer = client.predict(question, "/v1/models/toy/versions/3:predict")
        assert (status, answer["outputs"]["half"]) == (200, [1.5])
        outputs = answer["outputs"]
        raw = [base64.b64decode(row["b64"]) for row in outputs["raw_bytes"]]
        assert raw == ["é".encode(), b"\x00\xff"]
        assert base64.b64decode(outputs["joined"]["b64"]) == "é".encode() + b"\x00\xff"
        assert base64.b64decode(outputs["broken"][0]["b64"]) == b"\xff"
        assert (outputs["neither"], outputs["none"]) == ([False, True], [None, None])
        status, answer = client.predict({"instances": [{"text": "a", "flags": True, "scale": 1}]})
        assert status == 400 and "'flags' must have the shape [2]" in answer["error"]
        rows = {"instances": [{"text": "a", "flags": True, "scale": 1}] * 2}
        status, answer = client.predict(rows)
        assert status == 400 and "'scale' is nested too deep: its rank is 0" in answer["error"]
        assert "tfgan" not in client.get("/v1/models/toy/metadata")[1]["metadata"]
        assert client.get("/")[0] == 200
