"""The page refers to nothing outside of itself, and runs no script but its own."""

import base64
import hashlib
import json
import re

from tfgan.serving import page


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


def test_the_policy_allows_this_script_and_this_style_alone(toy):
    _, headers, text = toy.request("GET", "/")
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        [inline] = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"
    assert headers["x-frame-options"] == "DENY"


def test_the_page_loads_nothing(toy):
    _, _, text = toy.request("GET", "/")
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
