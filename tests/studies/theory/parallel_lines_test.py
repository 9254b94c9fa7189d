"""Divergences of two parallel lines."""

from tfgan import divergences
from tfgan.studies.theory import parallel_lines


def test_every_check_holds(failed):
    finding = parallel_lines.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_a_distance_that_is_always_0_fails(monkeypatch, failed):
    monkeypatch.setattr(divergences, "wasserstein1", lambda x, y: 0.0)
    assert failed(parallel_lines.measure()) == [
        "lower bound of W1 (a projection) - |theta|, largest"
    ]
