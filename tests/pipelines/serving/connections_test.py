"""No client keeps others from the server, by connections that it holds or by what it does not send.

Limits that a test is not about are so long that it never meets them.
"""

import contextlib
import http.client
import json
import socket
import time

import pytest
import tensorflow as tf
from tfgan.pipelines.serving.connections import Patience

GOOD = json.dumps({"inputs": {"seed": [1]}})
PATH = "/v1/models/toy:predict"
LONG = 120.0


def patience(**seconds):
    return Patience(**{"head": LONG, "body": LONG, "answer": LONG} | seconds)


def head(length, method="POST", path=PATH):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()
    )


@contextlib.contextmanager
def connections(client, count, sent=b""):
    """Sockets of clients that have sent something."""
    with contextlib.ExitStack() as stack:
        made = []
        for _ in range(count):
            made.append(stack.enter_context(socket.create_connection(("127.0.0.1", client.port))))
            made[-1].settimeout(60)
            made[-1].sendall(sent)
        yield made


def rest(connection):
    """What the server sends until it closes the connection."""
    pieces = []
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def is_open(connection):
    """Whether the server has not closed the connection."""
    connection.setblocking(False)
    try:
        while connection.recv(65_536):
            pass
    except BlockingIOError:
        return True
    return False


def answer(connection):
    """(status, JSON) of the one answer that comes before the server closes the connection."""
    head, _, body = rest(connection).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def drip(connection, byte):
    """Sends a byte a time until the server has had enough; what it answers."""
    with contextlib.suppress(ConnectionError):
        for _ in range(2000):
            connection.sendall(byte)
            connection.settimeout(0.02)
            try:
                piece = connection.recv(65_536)
            except TimeoutError:
                continue
            connection.settimeout(60)
            return piece + rest(connection)
    return rest(connection)


IDLE = {
    "nothing": b"",
    "half a head": b"POST /v1/models/toy:predict HTTP/1.1\r\nHo",
    "half a body": head(100) + b"{",
    "a whole request, answered": b"GET /v1/models/toy HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("case", IDLE)
def test_clients_that_only_hold_connections_silence_nobody(toy_model, serving, case):
    with (
        serving(toy_model, most=10, queue=5, patience=patience()) as client,
        connections(client, 60, IDLE[case]) as idle,
    ):
        for _ in range(5):
            assert client.predict(GOOD)[0] == 200
        rest(idle[0])  # closed: it has waited longest
        assert is_open(idle[-1])


@pytest.mark.parametrize("sent", [b"GET / HT", head(100) + b"{"], ids=["a head", "a body"])
def test_who_has_begun_a_request_and_is_closed_for_others_gets_a_sentence(toy_model, serving, sent):
    with (
        serving(toy_model, most=2, patience=patience()) as client,
        connections(client, 1, sent) as [first],
        connections(client, 1, IDLE["a whole request, answered"]) as [second],
    ):
        assert second.recv(100).startswith(b"HTTP/1.1 200")  # so the first has been read as well
        with connections(client, 1):
            assert answer(first) == (503, {"error": "The server has too many connections."})


def test_slow_bodies_take_no_place_in_the_queue(toy_model, serving):
    with (
        serving(toy_model, queue=2, patience=patience()) as client,
        connections(client, 30, head(40_000) + b'{"inputs": '),
    ):
        assert client.predict(GOOD)[0] == 200


def test_many_large_bodies_at_one_time_are_refused_and_small_ones_are_not(toy_model, serving):
    with (
        serving(toy_model, queue=2, body=200_000, patience=patience()) as client,
        connections(client, 2, head(200_000) + b" " * 150_000),
    ):
        while (status := client.predict(" " * 150_000 + GOOD)[0]) == 200:
            time.sleep(0.02)  # the slow ones have not arrived yet
        assert status == 503
        assert client.predict(" " * 50_000 + GOOD)[0] == 200


@pytest.mark.parametrize("sent", [b"", b"X-A"], ids=["a first byte", "more of a head"])
def test_a_head_that_does_not_end_is_cut_off_however_it_drips(toy_model, serving, sent):
    with serving(toy_model, patience=patience(head=0.2)) as client:
        with connections(client, 1, b"GET / HTTP/1.1\r\n" + sent) as [slow]:
            told = drip(slow, b"a")
        assert told.startswith(b"HTTP/1.1 408 ") or told == b""
        assert client.predict(GOOD)[0] == 200


def test_a_connection_without_a_request_is_closed(toy_model, serving):
    with (
        serving(toy_model, patience=patience(head=0.5)) as client,
        connections(client, 1) as [silent],
        connections(client, 1, IDLE["a whole request, answered"]) as [kept],
    ):
        assert rest(silent) == b""
        assert rest(kept).startswith(b"HTTP/1.1 200")


def test_a_half_head_gets_a_sentence(toy_model, serving):
    with (
        serving(toy_model, patience=patience(head=0.5)) as client,
        connections(client, 1, IDLE["half a head"]) as [slow],
    ):
        told = {"error": "The request took more than 0.5 s to arrive."}
        assert answer(slow) == (408, told)


def test_a_body_that_does_not_end_is_cut_off_however_it_drips(toy_model, serving):
    with serving(toy_model, patience=patience(body=0.2)) as client:
        with connections(client, 1, head(5000)) as [slow]:
            assert drip(slow, b" ").startswith(b"HTTP/1.1 408 ")
        with connections(client, 1, head(5000) + b"{") as [stopped]:
            told = {"error": "The request took more than 0.2 s to arrive."}
            assert answer(stopped) == (408, told)


def test_the_body_of_a_refused_request_does_not_hold_its_connection(toy_model, serving):
    """Wrong path, wrong method: the answer is there before the body, which then never ends."""
    with serving(toy_model, patience=patience(body=0.2)) as client:
        for first in (head(5000, path="/nowhere"), head(5000, "PUT"), head(5000, "GET", "/")):
            with connections(client, 1, first) as [slow]:
                assert drip(slow, b" ").startswith(b"HTTP/1.1 ")


def test_each_request_of_a_connection_has_the_whole_time(toy_model, serving):
    with serving(toy_model, patience=patience()) as client:
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
        ends = []
        for _ in range(3):
            connection.request("GET", "/v1/models/toy")
            assert connection.getresponse().read()
            [kept] = client.connections
            while kept._timer is None:  # the answer is here before the server has gone on
                time.sleep(0.005)
            ends.append(kept._timer.when())
        connection.close()
        assert ends == sorted(set(ends))


@pytest.fixture
def wide(tmp_path, serving):
    """Function: a server whose answers have 16 MB, more than the buffers of a network hold."""

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.string, "text")])
    def widen(text):
        for _ in range(24):
            text = tf.strings.join([text, text])
        return {"wide": text}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": widen})
    return lambda **limits: serving(tmp_path, **limits)


ASKED = b'{"inputs": ["a"]}'


def is_whole(connection):
    """Whether all of an answer comes, whose beginning has been read."""
    length = 0
    with contextlib.suppress(ConnectionResetError):
        while length < 2**24 and (piece := connection.recv(2**20)):
            length += len(piece)
    return length >= 2**24


def test_an_answer_that_nobody_reads_is_dropped(wide):
    with (
        wide(patience=patience(answer=0.2)) as client,
        connections(client, 1, head(len(ASKED)) + ASKED) as [reader],
    ):
        assert reader.recv(50).startswith(b"HTTP/1.1 200")
        while client.connections:
            time.sleep(0.02)
        assert not is_whole(reader)
        assert client.predict(ASKED)[0] == 200


def test_of_too_many_answers_that_nobody_reads_the_oldest_is_dropped(wide):
    with (
        wide(queue=2, patience=patience()) as client,
        connections(client, 3) as readers,
    ):
        for reader in readers:
            reader.sendall(head(len(ASKED)) + ASKED)
            assert reader.recv(50).startswith(b"HTTP/1.1 200")
        assert [is_whole(reader) for reader in readers] == [False, True, True]


def test_an_answer_that_is_read_when_the_server_stops_is_read_to_its_end(wide):
    with wide(patience=patience()) as client, connections(client, 1) as [reader]:
        reader.sendall(head(len(ASKED)) + ASKED)
        assert reader.recv(50).startswith(b"HTTP/1.1 200")
        client.server.should_exit = True
        with contextlib.suppress(ConnectionError):
            while True:  # until it stops
                socket.create_connection(("127.0.0.1", client.port), timeout=60).close()
        assert is_whole(reader)
        assert rest(reader).count(b"HTTP") == 0  # and it is closed


def test_a_wish_for_websockets_is_ignored(toy, caplog):
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    assert toy.request("GET", "/v1/models/toy", **upgrade)[0] == 200
    assert caplog.text == ""


BROKEN = {
    "no HTTP": b"no HTTP at all\r\n\r\n",
    "a zero byte": b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    "a huge head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000,
    "a long path": b"GET /" + b"a" * 1_000_000,
    "two lengths": head(3).replace(b"\r\n\r\n", b"\r\nContent-Length: 4\r\n\r\n") + b"{}",
    "a negative length": head(-1),
    "a length that is not a number": head("1e3"),
    "a huge length": head(10**30),
    "a coding that is not known": head(2).replace(b"Content-Length: 2", b"Transfer-Encoding: gzip"),
    "a broken chunk": head(2).replace(b"Content-Length: 2", b"Transfer-Encoding: chunked")
    + b"z\r\n",
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_not_http_gets_one_sentence_and_an_end(toy, case):
    with connections(toy, 1) as [broken]:
        with contextlib.suppress(ConnectionError):
            broken.sendall(BROKEN[case])
        status, told = answer(broken)
    assert 400 <= status < 500 or status == 501
    assert list(told) == ["error"] and "\n" not in told["error"]
    assert toy.predict(GOOD)[0] == 200


def test_a_broken_end_of_a_refused_body_is_no_error_of_the_server(toy, caplog):
    chunked = head(2, "PUT").replace(b"Content-Length: 2", b"Transfer-Encoding: chunked")
    with connections(toy, 1, chunked) as [broken]:
        told = b""
        while not told.endswith(b"}"):
            told += broken.recv(65_536)
        assert told.startswith(b"HTTP/1.1 405")
        broken.sendall(b"not a chunk\r\n")
        assert rest(broken) == b""
    assert "Traceback" not in caplog.text
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


def test_requests_sent_at_once_are_answered_in_their_order(toy):
    both = b"".join(
        head(len(body)) + body
        for body in (
            b'{"inputs": {"seed": [%d]}, "output_filter": ["image"]}' % seed for seed in (1, 2)
        )
    )
    last = b"GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with connections(toy, 1, both + last) as [pipelined]:
        told = rest(pipelined)
    assert [int(part[:3]) for part in told.split(b"HTTP/1.1 ")[1:]] == [200, 200, 404]
    images = [part.partition(b"\r\n\r\n")[2] for part in told.split(b"HTTP/1.1 ")[1:3]]
    expected = [
        toy.predict({"inputs": {"seed": [seed]}, "output_filter": ["image"]})[1] for seed in (1, 2)
    ]
    assert [json.loads(image) for image in images] == expected


def test_a_client_of_http_1_0_is_answered_without_a_host(toy):
    with connections(toy, 1, b"GET /v1/models/toy HTTP/1.0\r\n\r\n") as [old]:
        assert answer(old)[0] == 200
