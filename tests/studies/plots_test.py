"""Pictures are SVG without references to other files, the same each time."""

import re
from xml.etree import ElementTree

from tfgan.studies import plots


def draw(one, other):
    one.plot([0, 1], [0, 1])
    other.set(title="right < left")


def test_panels_lie_side_by_side_in_a_picture_of_its_size():
    svg = plots.svg(draw, width=4.0, height=2.0, panels=2)
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 288 144"  # points, 72 an inch
    assert {"axes_1", "axes_2"} <= {each.get("id") for each in root.iter()}
    assert "right &lt; left" in svg


def test_a_picture_refers_to_no_file_and_is_the_same_each_time():
    svg = plots.svg(draw, width=4.0, height=2.0, panels=2)
    assert svg == plots.svg(draw, width=4.0, height=2.0, panels=2)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', svg))
    assert "@font-face" not in svg
