"""Both directions of KL, descended and swapped."""

from tfgan import divergences
from tfgan.studies.theory import kl_directions


def test_every_check_holds(failed):
    finding = kl_directions.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_swapped_directions_fail(monkeypatch, failed):
    forward, reverse = divergences.kullback_leibler, divergences.reverse_kullback_leibler
    monkeypatch.setattr(divergences, "kullback_leibler", reverse)
    monkeypatch.setattr(divergences, "reverse_kullback_leibler", forward)
    assert failed(kl_directions.measure(steps=100))[-3:] == [
        "KL(q || p) of the seeker, half of p",
        "by how much the coverer is worse in KL(q || p)",
        "by how much the seeker is worse in KL(p || q)",
    ]
