"""Orbits of two players on V = x y."""

from tfgan import penalties
from tfgan.studies.theory import bilinear_game


def test_every_check_holds(failed):
    finding = bilinear_game.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_r1_of_half_its_size_does_not_pass_for_r1(monkeypatch, failed):
    correct = penalties.r1
    monkeypatch.setattr(penalties, "r1", lambda *args: 0.5 * correct(*args))
    assert "R1: x at the end" in failed(bilinear_game.measure())
