"""Where the server listens, and how many connections it may have; see also `serve_test`."""

import socket

import psutil
import pytest

from tfgan.serving import server


def test_the_url_is_the_one_that_a_browser_takes():
    with server.listen("127.0.0.1", 0) as listening:
        assert server.url(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert listening.proto == socket.IPPROTO_TCP  # or asyncio would leave Nagle's delay on


def test_a_port_in_use_is_refused_and_no_socket_is_left_open():
    before = psutil.Process().num_fds()
    with server.listen("127.0.0.1", 0) as listening, pytest.raises(OSError, match="in use"):
        server.listen("127.0.0.1", listening.getsockname()[1])
    assert psutil.Process().num_fds() == before


@pytest.mark.parametrize(
    ("limit", "connections"), [(psutil.RLIM_INFINITY, 1000), (10**6, 1000), (0, 4)]
)
def test_connections_are_as_many_as_open_files_permit(monkeypatch, limit, connections):
    monkeypatch.setattr(psutil.Process, "rlimit", lambda *_: (limit, limit))
    assert server.max_connections() == connections
