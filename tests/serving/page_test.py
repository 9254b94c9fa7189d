"""The page refers to nothing outside of itself, and runs no script but its own."""

import base64
import hashlib
import json
import re

import numpy as np
import pytest
import tensorflow as tf

from tfgan.serving import page

from . import toy_translator


def model_of(text):
    [content] = re.findall(r'<script type="application/json" id="model">(.*?)</script>', text)
    return json.loads(content)


def test_the_page_knows_the_model(conditional):
    status, headers, text = conditional.request("GET", "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    description = model_of(text)
    assert (description["name"], description["version"], description["max_batch"]) == ("toy", 1, 8)
    assert description["metadata"]["class_names"] == ["class 0", "class 1", "class 2"]
    inputs = description["signatures"]["serving_default"]["inputs"]
    assert inputs == {"seed": "int64 [any]", "truncation": "float32 [any]", "label": "int32 [any]"}


def test_the_policy_allows_the_scripts_and_styles_of_the_pages_alone(toy, translator):
    allowed = {"script": set(), "style": set()}
    for client in (toy, translator):
        _, headers, text = client.request("GET", "/")
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'" and headers["x-frame-options"] == "DENY"
        for tag, known in allowed.items():
            inline = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            assert len(inline) == 2
            digests = [hashlib.sha256(each.encode()).digest() for each in inline]
            known |= {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    for tag, known in allowed.items():
        assert set(policy[f"{tag}-src"].split()) == known


@pytest.mark.parametrize("name", ["toy", "translator"])
def test_the_page_loads_nothing(name, request):
    _, _, text = request.getfixturevalue(name).request("GET", "/")
    addresses = set(re.findall(r"""(?:src|href|url\()\s*=?\s*["']([^"']+)""", text))
    assert addresses == {"data:,", "#"}
    # The only absolute address is the name of SVG's elements, which nothing fetches.
    assert set(re.findall(r"https?://[\w./]+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.findall(r"""\s(?:style|on\w+)=["']""", text)


def test_names_cannot_leave_their_script(toy):
    model = toy.application.model.current
    hostile = "</script><script>alert(1)</script><!--"
    changed = type(model)(model.version, model.signatures, {}, {"recipe": hostile})
    text = page.text(changed, "toy", 8)
    assert hostile not in text
    assert model_of(text)["metadata"]["recipe"] == hostile


def test_only_the_page_of_a_translator_has_a_canvas(toy, translator):
    assert "<canvas" not in toy.request("GET", "/")[2]
    text = translator.request("GET", "/")[2]
    assert "<canvas" in text
    description = model_of(text)
    assert description["translates"] and description["max_pixels"] == 2_000
    [png] = description["sources"]
    colors = tf.io.decode_png(base64.b64decode(png)).numpy()
    expected = np.array(toy_translator.COLORS)[toy_translator.source()[..., 0]]
    np.testing.assert_array_equal(colors, expected)
