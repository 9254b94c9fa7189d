"""Findings as text, as a page and as JSON."""

import json

import numpy as np
import pytest

from tfgan.studies.theory import finding, report
from tfgan.studies.theory.chart import Chart, Line


@pytest.fixture
def findings():
    checks = (finding.near("a < b", np.inf, np.inf, 0.0), finding.at_most("c", 2.0, 1.0))
    chart = Chart("a chart", "x", "y", (Line("one", np.arange(2), np.arange(2.0)),))
    return {"orbit": finding.Finding("Title", "p & q", "a source", checks, (chart,))}


def test_every_check_is_a_line(findings):
    title, holds, fails = report.lines("orbit", findings["orbit"])
    assert title == "orbit: Title"
    assert holds.split() == ["holds", "a", "<", "b", "inf", "=", "inf", "+-", "0"]
    assert fails.split() == ["FAILS", "c", "2", "<=", "1"]
    assert report.summary(findings) == "1 of 2 checks hold"


def test_the_page_shows_the_claim_its_checks_and_its_chart(findings):
    page = report.as_html(findings, 3.0, {"keras": "3"})
    assert "1 of 2 checks hold. 3 s of CPU time; keras 3." in page
    assert "p &amp; q" in page and "a &lt; b" in page
    assert page.count('<span class="fails">FAILS</span>') == 2  # of the check and of the finding
    assert page.count('<img src="data:image/svg+xml;base64,') == 1


def test_json_has_strings_for_what_it_lacks(findings):
    text = report.as_json(findings, 3.0, {})
    [first, _] = json.loads(text)["experiments"]["orbit"]["checks"]
    assert first["measured"] == first["expected"] == "inf" and first["passed"]
