"""Descending with the optimal discriminator."""

from tfgan.studies.theory import divergence_descent


def test_every_check_holds(failed):
    finding = divergence_descent.measure()
    assert failed(finding) == []
    assert len(finding.checks) >= 4 and finding.charts


def test_a_generator_loss_of_the_wrong_sign_fails(minimax_of_wrong_sign, failed):
    failures = failed(divergence_descent.measure(steps=5))
    assert "minimax: largest error of a slope" in failures
    assert "minimax: largest rise of the JSD in a step" in failures
