"""Maximum likelihood, in two ways and as a divergence."""

from tfgan import divergences
from tfgan.studies.theory import likelihood


def test_every_check_holds(failed):
    finding = likelihood.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_an_entropy_that_is_left_out_fails_the_identity(monkeypatch, failed):
    monkeypatch.setattr(divergences, "entropy", lambda p: 0.0)
    assert failed(likelihood.measure()) == [
        "|-mean log q - KL - H(p_hat)| at its largest, 301 models"
    ]
