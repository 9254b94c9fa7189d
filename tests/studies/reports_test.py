"""Pages are whole by themselves, text stays text, and every parser reads the JSON."""

import base64
import json
import math

import pytest

from tfgan.studies import reports


def test_text_is_escaped_and_a_picture_lies_in_the_page():
    page = reports.html(
        "families.html",
        title="A < B",
        about="c & d",
        claimed=[["", "a&b"], ["c", "<d>"]],
        measured=[[""]],
        verdicts=[],
        families={},
        pictures={"a 'picture'": b"\x89PNG"},
    )
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>A &lt; B</title>" in page
    assert "<tr><th></th><th>a&amp;b</th></tr>\n<tr><th>c</th><td>&lt;d&gt;</td></tr>" in page
    assert 'alt="Samples: a &#39;picture&#39;"' in page
    assert base64.b64decode(page.partition("base64,")[2].partition('"')[0]) == b"\x89PNG"


def test_a_missing_value_is_an_error():
    with pytest.raises(Exception, match="'title' is undefined"):
        reports.html("page.html")


def test_numbers_that_json_lacks_are_strings():
    value = {"a": [math.inf, -math.inf], "b": (math.nan, 1.5), "c": {"d": 1}}
    assert json.loads(reports.strict_json(value)) == {
        "a": ["inf", "-inf"], "b": ["nan", 1.5], "c": {"d": 1},
    }  # fmt: skip
