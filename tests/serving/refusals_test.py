"""What a server cannot answer gets a status of HTTP and one sentence, and the server stays up."""

import concurrent.futures
import json
import socket
import threading
import time

import pytest

GOOD = {"inputs": {"seed": [1]}}


def rows(*given):
    return {"instances": list(given)}


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
    "a missing input": (rows({"label": 1}), "'seed' is missing"),
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


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/models/other:predict", "no model 'other'; there is toy"),
        ("/v1/models/toy/versions/2:predict", "Version '2' is not served; version 1 is"),
        ("/v1/models/toy/versions/x:predict", "Version 'x' is not served"),
        ("/v1/models/toy:classify", "nothing at"),
        ("/v2/models/toy:predict", "nothing at"),
    ],
)
def test_what_is_not_there_is_not_found(toy, path, expected):
    status, answer = toy.predict(GOOD, path)
    assert status == 404 and expected in answer["error"]


def test_an_unknown_signature_is_not_found(toy):
    for name in ("sample", 3, None, ["latent"]):
        status, answer = toy.predict(GOOD | {"signature_name": name})
        assert status == 404 and "serving_default; received" in answer["error"]


def test_a_name_that_is_nested_too_deep_is_refused_without_a_failure(toy):
    """A thousand lists: they are valid JSON."""
    deep = "[" * 1010 + "]" * 1010
    assert toy.predict(f'{{"inputs": {{"seed": [1]}}, "signature_name": {deep}}}')[0] == 400
    assert toy.predict(f'{{"inputs": {{"seed": [1]}}, "output_filter": [{deep}]}}')[0] == 400


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/models/toy:predict", "POST"),
        ("PUT", "/v1/models/toy:predict", "POST"),
        ("POST", "/v1/models/toy", "GET"),
        ("DELETE", "/", "GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(toy, method, path, allowed):
    status, headers, answer = toy.request(method, path)
    assert status == 405
    assert allowed in headers["allow"] and allowed in answer["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "image/png"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_another_kind_of_content_is_refused(toy, headers):
    assert toy.predict(GOOD, **headers)[0] == 415
    # This is what `curl -d` sends, and what the documents of TensorFlow Serving show.
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert toy.predict(GOOD, **form)[0] == 200


def test_a_body_of_50_megabytes_is_refused_and_not_kept(toy):
    status, answer = toy.predict(b" " * 50_000_000)
    assert (status, answer) == (413, {"error": "A body may have 50,000 bytes at most."})


def test_a_body_without_a_length_is_stopped_where_it_is_too_long(toy):
    def pieces():
        yield b'{"inputs": '
        for _ in range(60):
            yield b" " * 1000

    status, _, answer = toy.request("POST", "/v1/models/toy:predict", pieces())
    assert status == 413 and "at most" in answer["error"]


def test_a_client_that_goes_away_harms_nobody(toy):
    head = b"POST /v1/models/toy:predict HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", toy.port)) as connection:
            connection.sendall(head)
    with socket.create_connection(("127.0.0.1", toy.port)) as connection:
        connection.sendall(b"no HTTP at all\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    assert toy.predict(GOOD)[0] == 200


def test_more_requests_than_the_queue_holds_are_told_to_wait(toy_model, serving):
    """One request is held up in the model, so that the others meet a full queue."""
    with serving(toy_model, queue=2) as client, concurrent.futures.ThreadPoolExecutor(2) as pool:
        signature = client.application.model.current.signatures["serving_default"]
        entered, may_go, function = threading.Event(), threading.Event(), signature._function

        def held(**inputs):
            entered.set()
            assert may_go.wait(30)
            return function(**inputs)

        signature._function = held
        waiting = [pool.submit(client.predict, GOOD) for _ in range(2)]
        assert entered.wait(30)
        while not client.application.queue.locked():
            time.sleep(0.01)
        status, headers, answer = client.request("POST", "/v1/models/toy:predict", "{}")
        may_go.set()
        assert (status, headers["retry-after"]) == (503, "1")
        assert answer == {"error": "2 requests are waiting already; try again soon."}
        assert [each.result()[0] for each in waiting] == [200, 200]
        assert client.predict(GOOD)[0] == 200


def test_a_bug_is_told_to_the_log_and_not_to_the_client(toy_model, serving, caplog):
    with serving(toy_model) as client:

        def broken(**inputs):
            raise RuntimeError("secret")

        client.application.model.current.signatures["latent"]._function = broken
        status, answer = client.predict(GOOD | {"signature_name": "latent"})
        assert (status, answer) == (500, {"error": "The server failed; its log says how."})
        assert client.predict(GOOD)[0] == 200
    assert "secret" in caplog.text


def test_answers_are_for_this_origin_alone(toy):
    for method, path in (("GET", "/"), ("GET", "/nope"), ("POST", "/v1/models/toy:predict")):
        _, headers, _ = toy.request(method, path, json.dumps(GOOD), Origin="http://elsewhere.test")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.lower().startswith("access-control")]
        assert "server" not in headers
