"""Valid HTTP gets its responses in order; what is not HTTP gets an error message."""

import contextlib
import json

import pytest

from .sockets import GOOD, answer, connections, head, rest


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
        status, content = answer(broken)
    assert 400 <= status < 500 or status == 501
    assert list(content) == ["error"] and "\n" not in content["error"]
    assert toy.predict(GOOD)[0] == 200


def test_a_broken_end_of_a_refused_body_is_no_error_of_the_server(toy, caplog):
    chunked = head(2, "PUT").replace(b"Content-Length: 2", b"Transfer-Encoding: chunked")
    with connections(toy, 1, chunked) as [broken]:
        content = b""
        while not content.endswith(b"}"):
            content += broken.recv(65_536)
        assert content.startswith(b"HTTP/1.1 405")
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
        content = rest(pipelined)
    assert [int(part[:3]) for part in content.split(b"HTTP/1.1 ")[1:]] == [200, 200, 404]
    images = [part.partition(b"\r\n\r\n")[2] for part in content.split(b"HTTP/1.1 ")[1:3]]
    expected = [
        toy.predict({"inputs": {"seed": [seed]}, "output_filter": ["image"]})[1] for seed in (1, 2)
    ]
    assert [json.loads(image) for image in images] == expected


def test_a_client_of_http_1_0_is_answered_without_a_host(toy):
    with connections(toy, 1, b"GET /v1/models/toy HTTP/1.0\r\n\r\n") as [old]:
        assert answer(old)[0] == 200
