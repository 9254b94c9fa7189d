"""One, two and four discriminator steps."""

import pytest

from tfgan.studies.theory import discriminator_steps


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = discriminator_steps.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts
