"""An invalid request gets an error message, and the server goes on."""

import pytest

GOOD = {"inputs": {"seed": [1]}}


def rows(*values):
    return {"instances": list(values)}


def image(value, height=5):
    columns = {"image": [[[[value] * 3] * 4] * height], "label": [0]}
    return {"signature_name": "discriminate", "inputs": columns}


_NOT_JSON = "The body is not a predict request in JSON: "


REFUSED = {
    "no JSON": ("{", _NOT_JSON),
    "nothing": ("", _NOT_JSON),
    "no UTF-8": (b'{"instances": ["\xff"]}', _NOT_JSON),
    "NaN": ('{"instances": [{"seed": 1, "truncation": NaN}]}', _NOT_JSON),
    "infinity": ('{"instances": [{"seed": 1, "truncation": Infinity}]}', _NOT_JSON),
    "too large for a double": ('{"inputs": {"seed": [1], "truncation": [1e400]}}', _NOT_JSON),
    "too large for float32": (rows({"seed": 1, "truncation": 1e39}), "out of the range of float32"),
    "a deep nest": ("[" * 20_000 + "]" * 20_000, _NOT_JSON),
    "a deep nest in an input": ('{"inputs": ' + "[" * 900 + "]" * 900 + "}", "must be an object"),
    "deep rows": ('{"instances": [{"seed": ' + "[" * 900 + "]" * 900 + "}]}", "its rank is 1"),
    "a list": ([1, 2], "must be an object; received a list"),
    "no rows": ({"signature_name": "serving_default"}, "either"),
    "both forms": (GOOD | rows({"seed": 1}), "either"),
    "an empty list": (rows(), "from 1 to 8 rows; received 0"),
    "rows that are no list": ({"instances": {"seed": 1}}, "`instances` must be a list"),
    "a row that is no object": (rows(3), "must be an object"),
    "columns that are no object": ({"inputs": [1, 2]}, "must be an object"),
    "an empty column": ({"inputs": {"seed": []}}, "from 1 to 8 rows; received 0"),
    "a missing input": (rows({"label": 1}), "'seed' of serving_default is missing"),
    "an unknown input": (
        rows({"seed": 1, "sede": 2}),
        "one of label, seed, truncation; received 'sede'",
    ),
    "an unknown key": (GOOD | {"output_filters": []}, "`output_filters` is unknown"),
    "an unknown output": (
        GOOD | {"output_filter": ["picture"]},
        "one of image, label, png_bytes; received 'picture'",
    ),
    "an empty filter": (GOOD | {"output_filter": []}, "must be a list of at least 1"),
    "text for a number": (rows({"seed": "1"}), "received a string"),
    "null for a number": (rows({"seed": None}), "received null"),
    "true for a number": (rows({"seed": True}), "received true or false"),
    "an object for a number": (rows({"seed": {}}), "received an object"),
    "a fraction": (rows({"seed": 1.5}), "not whole"),
    "more than 64 bits": (rows({"seed": 2**70}), f"received {2**70}"),
    "more than int64": (rows({"seed": 2**63}), f"received {2**63}"),
    "more than int32": (rows({"seed": 1, "label": 2**31}), f"received {2**31}"),
    "more than uint8": (image(256), "from 0 to 255; received 256"),
    "less than uint8": (image(-1), "from 0 to 255; received -1"),
    "another shape": (image(1, height=6), "must have the shape [any, 5, 4, 3]"),
    "ragged rows": (rows({"seed": 1}, {"seed": [1]}), "'seed' is ragged"),
    "ragged columns": (image([1]) | {"inputs": {"image": [[1], [1, 2]], "label": [0]}}, "ragged"),
    "columns of two lengths": ({"inputs": {"seed": [1, 2], "label": [1]}}, "differ in their rows"),
    "too many rows": ({"inputs": {"seed": list(range(9))}}, "from 1 to 8 rows; received 9"),
    "more rows than that": (rows(*[{"seed": 1}] * 9), "from 1 to 8 rows; received 9"),
    "an unknown label": (rows({"seed": 1, "label": 3}), "from -1 to 2; received 3"),
    "a label below": (rows({"seed": 1, "label": -2}), "from -1 to 2; received -2"),
    "no label to draw": ({**image(1), "inputs": image(1)["inputs"] | {"label": [-1]}}, "from 0 to"),
    "much truncation": (rows({"seed": 1, "truncation": 0.1}), "0 (none) or from 0.125 to 2"),
    "little truncation": (rows({"seed": 1, "truncation": 2.5}), "received 2.5"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_question_gets_one_sentence(conditional, case):
    question, expected = REFUSED[case]
    status, answer = conditional.predict(question)
    assert status == 400 and list(answer) == ["error"]
    assert expected in answer["error"]
    assert "Traceback" not in answer["error"] and len(answer["error"]) < 300
    assert conditional.predict(GOOD)[0] == 200


def test_an_unknown_signature_is_not_found(toy):
    for name in ("sample", 3, None, ["latent"]):
        status, answer = toy.predict(GOOD | {"signature_name": name})
        assert status == 404 and "serving_default; received" in answer["error"]


def test_a_name_that_is_nested_too_deep_is_refused_without_a_failure(toy):
    """A thousand lists: they are valid JSON."""
    deep = "[" * 1010 + "]" * 1010
    assert toy.predict(f'{{"inputs": {{"seed": [1]}}, "signature_name": {deep}}}')[0] == 400
    assert toy.predict(f'{{"inputs": {{"seed": [1]}}, "output_filter": [{deep}]}}')[0] == 400
