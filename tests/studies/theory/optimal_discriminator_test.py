"""A discriminator between two known densities."""

import pytest

from tfgan.studies.theory import optimal_discriminator


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = optimal_discriminator.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts
