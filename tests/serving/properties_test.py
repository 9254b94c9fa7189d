"""Whatever bytes come, a client gets a right answer or one sentence, and never a failure."""

import json
import string

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from tfgan.serving import predict_request, responses, served_model
from tfgan.serving.http_errors import Rejection

MOST = 4
KEYS = ("signature_name", "instances", "inputs", "output_filter")
INPUTS = ("seed", "label", "truncation", "latent", "image", "b64")
OUTPUTS = ("image", "label", "png_bytes", "latent", "logits")
SIGNATURES = ("serving_default", "latent", "generate", "discriminate")

settings = hypothesis.settings(
    deadline=None, derandomize=True, max_examples=150, database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip

numbers = (
    st.integers(-3, 3)
    | st.sampled_from(
        [0.5, 1.0, 2.0, -0.0, 1e-320, 1e39, -1e308, 2**31, 2**63, 2**64, -(2**63) - 1]
    )
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
leaves = st.none() | st.booleans() | numbers | st.text(max_size=5) | st.sampled_from(SIGNATURES)


def nested(leaf):
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(INPUTS) | st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=20,
    )


anything = nested(leaves)
rows = st.dictionaries(st.sampled_from(INPUTS[:3]), numbers, min_size=1, max_size=3)
columns = st.dictionaries(
    st.sampled_from(INPUTS), st.lists(numbers, max_size=MOST + 1) | anything, max_size=3
)
questions = st.fixed_dictionaries(
    {},
    optional={
        "signature_name": st.sampled_from(SIGNATURES) | anything,
        "instances": st.lists(rows, max_size=MOST + 1) | st.lists(anything, max_size=3) | anything,
        "inputs": columns | anything,
        "output_filter": st.lists(st.sampled_from(OUTPUTS), max_size=3) | anything,
    },
)
bodies = (
    st.binary(max_size=200)
    | st.text(alphabet=string.printable, max_size=200).map(str.encode)
    | (questions | anything | st.dictionaries(st.sampled_from(KEYS), anything)).map(
        lambda value: json.dumps(value).encode()
    )
)


@pytest.fixture(scope="module", params=["toy_model", "conditional_model"])
def model(request):
    return served_model.load(f"{request.getfixturevalue(request.param)}/1", 1)


def answered(body, model):
    """The answer to a body, or None if it was refused in one sentence."""
    try:
        request = predict_request.parse(body, model, MOST)
        outputs = request.signature(request.inputs)
        return responses.encode({name: outputs[name] for name in request.outputs}, request.in_rows)
    except Rejection as refusal:
        assert 400 <= refusal.status < 500
        assert 0 < len(refusal.sentence) < 400 and "\n" not in refusal.sentence
        refusal.sentence.encode()  # UTF-8 can say it
        return None


@settings
@hypothesis.given(body=bodies)
@hypothesis.example(body=b'{"signature_name": ' + b"[" * 1000 + b"]" * 1000 + b"}")
@hypothesis.example(
    body=b'{"inputs": {"seed": [1]}, "output_filter": [' + b"[" * 999 + b"]" * 999 + b"]}"
)
@hypothesis.example(body=b'{"inputs": {"seed": {"b64": ' + b"[" * 1000 + b"]" * 1000 + b"}}}")
@hypothesis.example(body=b'{"instances": [' + b'{"seed":' * 1000 + b"1" + b"}" * 1000 + b"]}")
@hypothesis.example(body=b'{"inputs": {"seed": [1], "truncation": [' + b"9" * 5000 + b"]}}")
@hypothesis.example(body=b'{"inputs": {"seed": [' + b"9" * 5000 + b"]}}")
@hypothesis.example(body=b'\xef\xbb\xbf{"inputs": {"seed": [1]}}')
@hypothesis.example(body=b'{"inputs": {"seed": ["\\ud800"]}, "\\ud800": 1}')
def test_any_body_is_answered_or_refused_in_one_sentence(model, body):
    answer = answered(body, model)
    if answer is not None:
        assert set(json.loads(answer)) <= {"predictions", "outputs"}


@settings
@hypothesis.given(
    seeds=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=MOST),
    truncation=st.just(0.0) | st.floats(0.125, 2.0, width=32),
    as_rows=st.booleans(),
)
def test_every_good_question_is_answered_as_the_signature_answers_it(
    model, seeds, truncation, as_rows
):
    columns = {"seed": seeds, "truncation": [truncation] * len(seeds)}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    request = {"instances": rows} if as_rows else {"inputs": columns}
    answer = json.loads(
        answered(json.dumps(request | {"output_filter": ["image"]}).encode(), model)
    )
    inputs = columns | ({"label": [-1] * len(seeds)} if model.metadata["classes"] else {})
    expected = model.signatures["serving_default"](inputs)["image"]
    values = answer["predictions" if as_rows else "outputs"]
    np.testing.assert_array_equal(values, expected)


@settings
@hypothesis.given(
    columns=st.fixed_dictionaries(
        {"seed": st.lists(numbers, max_size=MOST + 1)},
        optional={"truncation": st.lists(numbers, max_size=MOST + 1)},
    )
)
def test_numbers_are_taken_as_they_are_or_refused(model, columns):
    """What is taken is exactly what was sent: nothing is rounded, cut off or wrapped around."""
    try:
        request = predict_request.parse(json.dumps({"inputs": columns}).encode(), model, MOST)
    except Rejection:
        return
    assert request.inputs["seed"].tolist() == columns["seed"]
    if "truncation" in columns:
        nearest = np.array(columns["truncation"], np.float64).astype(np.float32)
        np.testing.assert_array_equal(request.inputs["truncation"], nearest)
