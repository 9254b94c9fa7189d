"""No client keeps others from the server, by connections that it holds or by what it does not send.

Limits that a test is not about are so long that it never meets them.
"""

import http.client
import time

import pytest

from .sockets import GOOD, answer, connections, drip, head, is_open, rest, timeouts

IDLE = {
    "nothing": b"",
    "half a head": b"POST /v1/models/toy:predict HTTP/1.1\r\nHo",
    "half a body": head(100) + b"{",
    "a whole request, answered": b"GET /v1/models/toy HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("case", IDLE)
def test_clients_that_only_hold_connections_silence_nobody(toy_model, serving, case):
    with (
        serving(toy_model, most=10, queue=5, timeouts=timeouts()) as client,
        connections(client, 60, IDLE[case]) as idle,
    ):
        for _ in range(5):
            assert client.predict(GOOD)[0] == 200
        rest(idle[0])  # closed: it has waited longest
        assert is_open(idle[-1])


@pytest.mark.parametrize("sent", [b"GET / HT", head(100) + b"{"], ids=["a head", "a body"])
def test_who_has_begun_a_request_and_is_closed_for_others_gets_a_sentence(toy_model, serving, sent):
    with (
        serving(toy_model, most=2, timeouts=timeouts()) as client,
        connections(client, 1, sent) as [first],
        connections(client, 1, IDLE["a whole request, answered"]) as [second],
    ):
        assert second.recv(100).startswith(b"HTTP/1.1 200")  # so the first has been read as well
        with connections(client, 1):
            assert answer(first) == (503, {"error": "The server has too many connections."})


def test_slow_bodies_take_no_place_in_the_queue(toy_model, serving):
    with (
        serving(toy_model, queue=2, timeouts=timeouts()) as client,
        connections(client, 30, head(40_000) + b'{"inputs": '),
    ):
        assert client.predict(GOOD)[0] == 200


def test_many_large_bodies_at_one_time_are_refused_and_small_ones_are_not(toy_model, serving):
    with (
        serving(toy_model, queue=2, body=200_000, timeouts=timeouts()) as client,
        connections(client, 2, head(200_000) + b" " * 150_000),
    ):
        while (status := client.predict(" " * 150_000 + GOOD)[0]) == 200:
            time.sleep(0.02)  # the slow ones have not arrived yet
        assert status == 503
        assert client.predict(" " * 50_000 + GOOD)[0] == 200


@pytest.mark.parametrize("sent", [b"", b"X-A"], ids=["a first byte", "more of a head"])
def test_a_head_that_does_not_end_is_cut_off_however_it_drips(toy_model, serving, sent):
    with serving(toy_model, timeouts=timeouts(head=0.2)) as client:
        with connections(client, 1, b"GET / HTTP/1.1\r\n" + sent) as [slow]:
            received = drip(slow, b"a")
        assert received.startswith(b"HTTP/1.1 408 ") or received == b""
        assert client.predict(GOOD)[0] == 200


def test_a_connection_without_a_request_is_closed(toy_model, serving):
    with (
        serving(toy_model, timeouts=timeouts(head=0.5)) as client,
        connections(client, 1) as [silent],
        connections(client, 1, IDLE["a whole request, answered"]) as [idle],
    ):
        assert rest(silent) == b""
        assert rest(idle).startswith(b"HTTP/1.1 200")


def test_a_half_head_gets_a_sentence(toy_model, serving):
    with (
        serving(toy_model, timeouts=timeouts(head=0.5)) as client,
        connections(client, 1, IDLE["half a head"]) as [slow],
    ):
        refusal = {"error": "The request took more than 0.5 s to arrive."}
        assert answer(slow) == (408, refusal)


def test_a_body_that_does_not_end_is_cut_off_however_it_drips(toy_model, serving):
    with serving(toy_model, timeouts=timeouts(body=0.2)) as client:
        with connections(client, 1, head(5000)) as [slow]:
            assert drip(slow, b" ").startswith(b"HTTP/1.1 408 ")
        with connections(client, 1, head(5000) + b"{") as [stopped]:
            refusal = {"error": "The request took more than 0.2 s to arrive."}
            assert answer(stopped) == (408, refusal)


def test_the_body_of_a_refused_request_does_not_hold_its_connection(toy_model, serving):
    """Wrong path, wrong method: the answer is there before the body, which then never ends."""
    with serving(toy_model, timeouts=timeouts(body=0.2)) as client:
        for first in (head(5000, path="/nowhere"), head(5000, "PUT"), head(5000, "GET", "/")):
            with connections(client, 1, first) as [slow]:
                assert drip(slow, b" ").startswith(b"HTTP/1.1 ")


def test_each_request_of_a_connection_has_the_whole_time(toy_model, serving):
    with serving(toy_model, timeouts=timeouts()) as client:
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
        ends = []
        for _ in range(3):
            connection.request("GET", "/v1/models/toy")
            assert connection.getresponse().read()
            [server_side] = client.connections
            while server_side._timer is None:  # the answer is here before the server has gone on
                time.sleep(0.005)
            ends.append(server_side._timer.when())
        connection.close()
        assert ends == sorted(set(ends))
