"""A body is refused by its signs before it is decoded, and no legal request is."""

import json

import numpy as np
import pytest
import tensorflow as tf

from tfgan.serving import body_size, predict_request, served_model
from tfgan.serving.http_errors import Rejection

from ..toy_models import SHAPE

MOST = (8, 2_000_000)  # rows, pixels


@pytest.fixture(scope="module")
def model(toy_model):
    return served_model.load(f"{toy_model}/1", 1)


@pytest.fixture
def undecoded(monkeypatch):
    """A decoder that fails the test."""

    def decode(*_):
        raise AssertionError("the body was decoded")

    monkeypatch.setattr(predict_request.files, "parse_json", decode)


@pytest.mark.parametrize(
    ("rows", "noun"),
    [
        (b"{}," * 3_000_000, "entries"),
        (b"0," * 4_000_000, "entries"),
        (b"[" * 100_000, "lists"),
        (b'{"a":' * 100_000, "objects"),
    ],
)
def test_a_body_of_too_many_entries_is_not_decoded(model, undecoded, rows, noun):
    with pytest.raises(Rejection, match=f"up to 8 rows holds [0-9,]+ {noun} at most") as refused:
        predict_request.parse(b'{"instances":[' + rows + b"{}]}", model, *MOST)
    assert refused.value.status == 400


def test_the_limit_is_that_of_the_largest_signature(model):
    sizes = [body_size.most(each, model.metadata, *MOST) for each in model.signatures.values()]
    assert max(each.objects for each in sizes) == 8 * 3 + 1_000
    alone = body_size.most(model.signatures["generate"], None, *MOST)  # one vector of 6 numbers
    assert (alone.lists, alone.entries) == (1 + 8 + 1_000, 8 * 6 + 9 + 2 * (8 * 2 + 1_000))


def test_the_largest_request_is_legal_in_both_forms(model):
    images = np.full((8, *SHAPE), 255)
    for body in ({"inputs": {"image": images.tolist()}}, {"instances": images.tolist()}):
        text = json.dumps(body | {"signature_name": "discriminate"}, indent=30)  # long, by spaces
        assert len(text) > 65_536
        request = predict_request.parse(text.encode(), model, *MOST)
        np.testing.assert_array_equal(request.inputs["image"], images)


def test_what_nothing_limits_is_decoded():
    for spec in (
        tf.TensorSpec(None),
        tf.TensorSpec((None, None)),
        tf.TensorSpec((None,), tf.string),
    ):
        assert body_size._of_input(spec, False, *MOST) is None
    assert body_size._of_input(tf.TensorSpec((), tf.int32), False, *MOST) == (1, 1)
    picture = tf.TensorSpec((None, None, None, 3), tf.uint8)
    assert body_size._of_input(picture, True, 8, 100) == (300, 1 + 8 + 200)


def test_a_long_body_that_is_not_utf_8_is_a_bad_request(toy):
    body = b'{"instances": ["' + b"\xff" * 49_000 + b'"]}'
    status, answer = toy.predict(body + b" " * 900)
    assert status == 400 and "The body is not a predict request in JSON" in answer["error"]
