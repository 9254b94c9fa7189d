"""Critics with a gradient penalty against the exact W1."""

import pytest

from tfgan import penalties
from tfgan.studies.theory import wasserstein_critic


@pytest.mark.slow
def test_every_check_holds(failed):
    finding = wasserstein_critic.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 3 and finding.charts


def test_a_critic_without_a_penalty_measures_far_more_than_w1(monkeypatch):
    monkeypatch.setattr(
        penalties, "wasserstein_gradient_penalty", lambda critic, real, fake, seed: real[:, 0] * 0
    )
    monkeypatch.setattr(wasserstein_critic, "_GENERATORS", ((1.0, 0.5),))
    [check] = wasserstein_critic.measure(steps=100).checks
    assert check.measured > 2.0 * check.expected
