"""Slopes of the generator's costs."""

from tfgan.studies.theory import generator_costs


def test_every_check_holds(failed):
    finding = generator_costs.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_a_generator_loss_of_the_wrong_sign_fails(minimax_of_wrong_sign, failed):
    failures = failed(generator_costs.measure())
    assert "minimax: largest relative error of the slope" in failures
    assert not any("non-saturating" in what for what in failures)
