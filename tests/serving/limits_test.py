"""A body of another type, a body that is too long, and a request too many are refused."""

import concurrent.futures
import threading
import time

import pytest

GOOD = {"inputs": {"seed": [1]}}


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


def test_more_requests_than_the_queue_holds_are_told_to_wait(toy_model, serving):
    """One request is held up in the model, so that the others meet a full queue."""
    with serving(toy_model, queue=2) as client, concurrent.futures.ThreadPoolExecutor(2) as pool:
        signature = client.application.model.current.signatures["serving_default"]
        entered, may_go, function = threading.Event(), threading.Event(), signature._function

        def wait_and_call(**inputs):
            entered.set()
            assert may_go.wait(30)
            return function(**inputs)

        signature._function = wait_and_call
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
