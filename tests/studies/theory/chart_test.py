"""Charts: what is drawn stands where its numbers say."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from tfgan.studies.theory import chart


def drawn(*lines, **settings):
    """The SVG of a chart as an element tree."""
    return ElementTree.fromstring(chart.svg(chart.Chart("a < b", "x", "y", lines, **settings)))


def points(svg):
    """Corners of each curve `[n, 2]`, without those of the legend, which follow each curve."""
    found = [each.get("points") for each in svg.iter("polyline")][::2]
    return [np.array([pair.split(",") for pair in each.split()], float) for each in found]


def labels(svg):
    return [each.text for each in svg.iter("text")]


def test_numbers_become_places_in_proportion():
    [curve] = points(drawn(chart.Line("one", [0.0, 1.0, 4.0], [0.0, 10.0, 40.0])))
    x, y = curve.T
    assert (x[2] - x[0]) / (x[1] - x[0]) == pytest.approx(4.0, rel=1e-2)
    assert (y[2] - y[0]) / (y[1] - y[0]) == pytest.approx(4.0, rel=1e-2)
    assert y[2] < y[0]  # larger numbers stand higher, and SVG counts downwards


def test_a_log_axis_spaces_ratios_evenly_and_leaves_out_what_has_no_logarithm():
    line = chart.Line("one", [0, 1, 2, 3], [1.0, 10.0, 100.0, 0.0])
    svg = drawn(line, log_y=True)
    [curve] = points(svg)
    assert len(curve) == 3
    assert np.diff(curve[:, 1]) == pytest.approx(np.full(2, np.diff(curve[:, 1])[0]), rel=1e-2)
    assert {"1", "10", "100"} <= set(labels(svg))


def test_ticks_are_round_numbers_that_stand_at_their_place():
    svg = drawn(chart.Line("one", [0.0, 7.3], [0.013, 0.047]))
    assert {"0", "2", "4", "6"} <= set(labels(svg))
    assert {"0.02", "0.03", "0.04"} <= set(labels(svg))


def test_points_that_are_not_finite_are_left_out():
    [curve] = points(drawn(chart.Line("one", [0, 1, 2, 3], [1.0, np.inf, np.nan, 2.0])))
    assert len(curve) == 2


def test_styles_and_names_are_shown():
    svg = drawn(
        chart.Line("dots", [0, 1, 2], [0, 1, 2], "points"),
        chart.Line("dashes", [0, 1], [0, 1], "dashed"),
    )
    assert len(list(svg.iter("circle"))) == 4  # three, and one in the legend
    assert all(each.get("stroke-dasharray") for each in svg.iter("polyline"))
    assert {"dots", "dashes", "a < b", "x", "y"} <= set(labels(svg))


def test_a_constant_curve_is_drawn_in_the_middle():
    [curve] = points(drawn(chart.Line("one", [0, 1], [5.0, 5.0])))
    assert np.isfinite(curve).all()
    assert curve[0, 1] == curve[1, 1]


def test_a_chart_without_a_point_and_a_name_without_room_are_refused():
    with pytest.raises(ValueError, match="needs a point"):
        drawn(chart.Line("one", [0.0], [np.nan]))
    with pytest.raises(ValueError, match="26 characters"):
        drawn(chart.Line("n" * 27, [0.0, 1.0], [0.0, 1.0]))
