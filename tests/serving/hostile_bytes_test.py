"""Whatever bytes reach the socket, the server never fails, and goes on to answer others."""

import contextlib
import json
import re
import socket

import hypothesis
import pytest
from hypothesis import strategies as st

from tfgan.serving.connections import Timeouts

GOOD = b'{"inputs": {"seed": [1]}}'

token = st.sampled_from(
    ["GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "TRACE", "PRI", "get", "G\0T", ""]
) | st.text(max_size=5)
targets = st.sampled_from(
    ["/", "*", "//", "/v1/models/toy", "/v1/models/toy/", "/v1/models/toy:predict",
     "/v1/models/toy/metadata", "/v1/models/toy/versions/1:predict", "http://evil.example/",
     "/v1/models/../../../etc/passwd", "/v1/models/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/%00", "/%ff",
     "/v1/models/%ed%a0%80", "/v1/models/toy/versions/%0d%0aX:predict", "localhost:80",
     "/?" + "a" * 9000]
) | st.text(max_size=20)  # fmt: skip
versions = st.sampled_from(
    ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.1 x", "http/1.1"]
)
headers = st.tuples(
    st.sampled_from(
        ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect",
         "Content-Type", "Content-Encoding", "Cookie", "Range", "X-Forwarded-For", " Host"]
    )
    | st.text(max_size=6),
    st.sampled_from(
        ["localhost", "evil.example", "localhost:99999", "[::1", "0", "2", "25", "1000", "-1",
         "1e9", "chunked", "gzip, chunked", "close", "keep-alive", "upgrade", "websocket", "h2c",
         "100-continue", "application/json", "image/png", "\xff", "a\0b", ""]
    )
    | st.text(max_size=10),
)  # fmt: skip


@st.composite
def messages(draw):
    """A request that is right or wrong in any of its parts."""
    lines = [f"{draw(token)} {draw(targets)} {draw(versions)}"]
    lines += [f"{name}: {value}" for name, value in draw(st.lists(headers, max_size=5))]
    if draw(st.booleans()):
        lines.insert(1, "Host: localhost")
    end = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    head = (end.join(lines) + 2 * end).encode("utf-8", "replace")
    return head + draw(
        st.sampled_from([b"", GOOD, b"19\r\n" + GOOD + b"\r\n0\r\n\r\n"]) | st.binary()
    )


@pytest.fixture(scope="module")
def hasty(toy_model, serving):
    """A server that waits for nobody."""
    with serving(toy_model, body=20_000, timeouts=Timeouts(0.05, 0.05, 5.0)) as client:
        yield client


def exchange(client, sent):
    """What the server sends until it closes the connection, which it must."""
    received = []
    with (
        socket.create_connection(("127.0.0.1", client.port), timeout=60) as connection,
        contextlib.suppress(ConnectionError),
    ):
        connection.sendall(sent)
        while piece := connection.recv(65_536):
            received.append(piece)
    return b"".join(received)


@hypothesis.settings(
    deadline=None, derandomize=True, max_examples=150, database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip
@hypothesis.given(sent=st.lists(messages(), min_size=1, max_size=3).map(b"".join) | st.binary())
@hypothesis.example(sent=b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\nmore")
@hypothesis.example(sent=b"HEAD / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
@hypothesis.example(
    sent=b"HEAD / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"
)
@hypothesis.example(
    sent=b"POST /v1/models/toy:predict HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
    b"Content-Length: 99999\r\n\r\n"
)
def test_any_bytes_get_answers_without_a_failure(hasty, caplog, sent):
    received = exchange(hasty, sent)
    for status in re.findall(rb"HTTP/1\.1 (\d+) ", received):
        assert int(status) < 500
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


def test_after_all_of_them_it_answers(hasty):
    request = b"POST /v1/models/toy:predict HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(GOOD)
    while not (received := exchange(hasty, request + GOOD)).startswith(b"HTTP/1.1 200"):
        assert received.startswith(b"HTTP/1.1 408") or not received  # a busy machine was too slow
    body = received.partition(b"\r\n\r\n")[2]
    assert set(json.loads(body)["outputs"]) == {"image", "png_bytes"}
