"""Losses by name, as `compile` takes them."""

import numpy as np
import pytest

from tfgan import losses
from tfgan.losses import by_name

LOGITS = np.linspace(-3.0, 3.0, 8, dtype=np.float32)


@pytest.mark.parametrize("name", sorted(by_name.named()))
def test_a_name_gives_the_loss_with_its_defaults(name):
    one, other = losses.get(name), getattr(losses, name)()
    for player in ("discriminator", "generator"):
        values = [getattr(loss, player)(LOGITS, LOGITS[::-1]) for loss in (one, other)]
        np.testing.assert_array_equal(*values)
    assert one.relativistic == other.relativistic


def test_every_pair_of_functions_has_a_name():
    pairs = {name.removesuffix("_generator_loss") for name in losses.__all__ if "_gen" in name}
    assert set(by_name.named()) == pairs


def test_a_loss_is_taken_as_it_is():
    loss = losses.hinge()
    assert losses.get(loss) is loss


@pytest.mark.parametrize(
    ("loss", "sentence"),
    [
        ("hing", "received 'hing'. Did you mean 'hinge'"),
        ("mse", "received 'mse'"),
        (None, "received None"),
        (losses.hinge, "received <function hinge"),
    ],
)
def test_anything_else_is_refused_with_the_names(loss, sentence):
    with pytest.raises(ValueError, match=f"loss must be .*hinge, least_squares.*{sentence}"):
        losses.get(loss)


def test_a_function_alone_is_refused_with_the_way_to_pass_two():
    with pytest.raises(
        ValueError, match=r"AdversarialLoss\(discriminator, generator\) of two func"
    ):
        losses.get(lambda real, fake: real)
