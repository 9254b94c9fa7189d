"""What the tests of experiments share."""

import pytest

from tfgan import losses


@pytest.fixture
def failed():
    """Function: the names of the checks of a finding that do not hold."""
    return lambda finding: [check.what for check in finding.checks if not check.passed]


@pytest.fixture
def minimax_of_wrong_sign(monkeypatch):
    """Lets `losses.minimax` give a generator loss of the wrong sign."""
    pair = losses.AdversarialLoss(
        losses.minimax_discriminator_loss,
        lambda real, fake: -losses.minimax_generator_loss(real, fake),
    )
    monkeypatch.setattr(losses, "minimax", lambda: pair)
