"""Every answer has the headers that keep it to the page of this server."""

import json

GOOD = {"inputs": {"seed": [1]}}


def test_answers_are_for_this_origin_alone(toy):
    for method, path in (("GET", "/"), ("GET", "/nope"), ("POST", "/v1/models/toy:predict")):
        _, headers, _ = toy.request(method, path, json.dumps(GOOD), Origin="http://elsewhere.test")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.lower().startswith("access-control")]
        assert "server" not in headers
