"""No client keeps others from the server by answers that it does not read."""

import contextlib
import socket
import time

import pytest
import tensorflow as tf

from .sockets import connections, head, rest, timeouts


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
        wide(timeouts=timeouts(answer=0.2)) as client,
        connections(client, 1, head(len(ASKED)) + ASKED) as [reader],
    ):
        assert reader.recv(50).startswith(b"HTTP/1.1 200")
        while client.connections:
            time.sleep(0.02)
        assert not is_whole(reader)
        assert client.predict(ASKED)[0] == 200


def test_of_too_many_answers_that_nobody_reads_the_oldest_is_dropped(wide):
    with (
        wide(queue=2, timeouts=timeouts()) as client,
        connections(client, 3) as readers,
    ):
        for reader in readers:
            reader.sendall(head(len(ASKED)) + ASKED)
            assert reader.recv(50).startswith(b"HTTP/1.1 200")
        assert [is_whole(reader) for reader in readers] == [False, True, True]


def test_an_answer_that_is_read_when_the_server_stops_is_read_to_its_end(wide):
    with wide(timeouts=timeouts()) as client, connections(client, 1) as [reader]:
        reader.sendall(head(len(ASKED)) + ASKED)
        assert reader.recv(50).startswith(b"HTTP/1.1 200")
        client.server.should_exit = True
        with contextlib.suppress(ConnectionError):
            while True:  # until it stops
                socket.create_connection(("127.0.0.1", client.port), timeout=60).close()
        assert is_whole(reader)
        assert rest(reader).count(b"HTTP") == 0  # and it is closed
