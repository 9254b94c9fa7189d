"""Charts: what is drawn stands where its numbers say."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from tfgan.studies.theory import chart

SVG = "{http://www.w3.org/2000/svg}"


def drawing(*lines, **settings):
    """The SVG of a chart as an element tree."""
    return ElementTree.fromstring(chart.svg(chart.Chart("a < b", "x", "y", lines, **settings)))


def corners(svg, name):
    """The places `[n, 2]` that the curve of a name goes through."""
    [group] = [each for each in svg.iter(f"{SVG}g") if each.get("id") == name]
    numbers = re.findall(r"[ML] (\S+) (\S+)", group.find(f"{SVG}path").get("d"))
    return np.array(numbers, float)


def labels(svg):
    return {"".join(each.itertext()).strip() for each in svg.iter(f"{SVG}text")}


def test_numbers_become_places_in_proportion():
    x, y = corners(drawing(chart.Line("one", [0.0, 1.0, 4.0], [0.0, 10.0, 40.0])), "one").T
    assert (x[2] - x[0]) / (x[1] - x[0]) == pytest.approx(4.0, rel=1e-2)
    assert (y[2] - y[0]) / (y[1] - y[0]) == pytest.approx(4.0, rel=1e-2)
    assert y[2] < y[0]  # larger numbers stand higher, and SVG counts downwards


def test_a_log_axis_spaces_ratios_evenly_and_leaves_out_what_has_no_logarithm():
    line = chart.Line("one", [0, 1, 2, 3], [1.0, 10.0, 100.0, 0.0])
    curve = corners(drawing(line, log_y=True), "one")
    assert len(curve) == 3
    assert np.diff(curve[:, 1]) == pytest.approx(np.full(2, np.diff(curve[:, 1])[0]), rel=1e-2)


def test_numbers_that_are_not_finite_are_left_out():
    line = chart.Line("one", [0, 1, 2, 3, 4], [1.0, 2.0, np.inf, np.nan, 2.0])
    assert len(corners(drawing(line), "one")) == 3


def test_styles_and_names_are_shown():
    svg = drawing(
        chart.Line("dots", [0, 1, 2], [0, 1, 2], "points"),
        chart.Line("dashes", [0, 1], [0, 1], "dashed"),
    )
    groups = {each.get("id"): each for each in svg.iter(f"{SVG}g")}
    assert len(list(groups["dots"].iter(f"{SVG}use"))) == 3
    assert "stroke-dasharray" in groups["dashes"].find(f"{SVG}path").get("style")
    assert {"dots", "dashes", "a < b", "x", "y"} <= labels(svg)


def test_a_constant_curve_is_level():
    curve = corners(drawing(chart.Line("one", [0, 1], [5.0, 5.0])), "one")
    assert np.isfinite(curve).all() and curve[0, 1] == curve[1, 1]


def test_curves_over_the_same_points_are_lines():
    one, other = chart.lines([0, 1], {"a": [2, 3], "b": [4, 5]}, "dashed")
    assert (one.name, one.y, one.style) == ("a", [2, 3], "dashed")
    assert (other.name, other.x) == ("b", [0, 1])


def test_a_chart_without_a_finite_point_is_refused():
    with pytest.raises(ValueError, match="must have a finite point; 'a < b' has none"):
        drawing(chart.Line("one", [0.0], [np.nan]))
