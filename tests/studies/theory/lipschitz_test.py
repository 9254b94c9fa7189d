"""Slopes of four critics."""

import pytest

from tfgan.studies.theory import lipschitz


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = lipschitz.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts
