"""Pages are whole by themselves, and text stays text."""

import base64
import re

from tfgan.studies import html


def test_a_page_refers_to_nothing_outside_of_itself():
    made = html.page("A < B", html.image(b"\x89PNG", "a 'picture'"), "img { width: 2em }")
    assert made.startswith("<!DOCTYPE html>")
    assert "<title>A &lt; B</title>" in made
    assert "img { width: 2em }" in made
    assert not re.search(r"https?://|src='(?!data:)", made)
    [data] = re.findall(r"base64,([^']*)'", made)
    assert base64.b64decode(data) == b"\x89PNG"
    assert "alt='a &#x27;picture&#x27;'" in made


def test_a_table_has_headings_in_its_first_row_and_column():
    assert html.table([["", "a&b"], ["c", "<d>"]]) == (
        "<table>\n<tr><th></th><th>a&amp;b</th></tr>\n"
        "<tr><th>c</th><td>&lt;d&gt;</td></tr>\n</table>"
    )
