"""Algorithm 1 from start to end."""

import pytest

from tfgan.studies.theory import convergence


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = convergence.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts
