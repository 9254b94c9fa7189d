"""What a server cannot serve gets an HTTP status and a message, and the server goes on."""

import socket

import pytest

GOOD = {"inputs": {"seed": [1]}}


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


def test_a_client_that_goes_away_harms_nobody(toy):
    head = b"POST /v1/models/toy:predict HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", toy.port)) as connection:
            connection.sendall(head)
    with socket.create_connection(("127.0.0.1", toy.port)) as connection:
        connection.sendall(b"no HTTP at all\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    assert toy.predict(GOOD)[0] == 200


def test_a_bug_is_told_to_the_log_and_not_to_the_client(toy_model, serving, caplog):
    with serving(toy_model) as client:

        def broken(**inputs):
            raise RuntimeError("secret")

        client.application.model.current.signatures["latent"]._function = broken
        status, answer = client.predict(GOOD | {"signature_name": "latent"})
        assert (status, answer) == (500, {"error": "The server failed; its log says how."})
        assert client.predict(GOOD)[0] == 200
    assert "secret" in caplog.text
