"""Squared error and a GAN on a question with two answers."""

import pytest

from tfgan.studies.theory import multiple_answers


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = multiple_answers.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts
