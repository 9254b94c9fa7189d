"""Expectations over z and over x."""

from tfgan import priors, rng
from tfgan.studies.theory import change_of_variables


def test_every_check_holds(failed):
    finding = change_of_variables.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_latents_of_another_deviation_fail(monkeypatch, failed):
    def wide(dimensions):
        return lambda count, seed: {"latent": 1.1 * rng.normal(seed, count, (dimensions,))}

    monkeypatch.setattr(priors, "Normal", wide)
    assert failed(change_of_variables.measure()) == ["E_z of log(1 - D(G(z))), 200,000 draws, by q"]
