"""R3GAN's presets and what moves in the burn-in."""

import functools

import numpy as np
import pytest

from tfgan import recipes
from tfgan.data import DataSpec
from tfgan.models import scheduled_values
from tfgan.networks import r3gan

from ..networks.counting import count
from ..networks.r3gan_presets import PRESETS
from .tiny import tiny

# Batch, millions of images in all and in the burn-in, gamma first and last, half-life in millions.
OF_THE_PAPER = {
    "stacked_mnist": (512, 10, 2, 1.0, 0.1, 0.5),
    "cifar10": (512, 250, 20, 0.05, 0.005, 5),
    "ffhq64": (256, 100, 20, 2.0, 0.2, 0.5),
    "ffhq256": (256, 200, 20, 150.0, 15.0, 0.5),
    "imagenet32": (4096, 1000, 200, 0.5, 0.05, 50),
    "imagenet64": (4096, 1000, 200, 1.0, 0.1, 50),
}


def test_every_preset_of_the_paper_is_here():
    assert list(recipes.presets("r3gan")) == ["cpu", *OF_THE_PAPER]


@pytest.mark.parametrize("preset", OF_THE_PAPER)
def test_a_preset_has_the_numbers_and_the_networks_of_the_paper(preset):
    values = recipes.resolve("r3gan", {"preset": preset})
    batch, total, burn_in, gamma, final_gamma, half_life = OF_THE_PAPER[preset]
    assert values["batch_size"] == batch
    assert values["batch_size"] * values["steps"] / 1e6 == pytest.approx(total, rel=1e-4)
    assert values["burn_in_kimg"] == 1000 * burn_in
    assert values["penalty_weight"] == gamma / 2
    assert values["final_penalty_weight"] == pytest.approx(final_gamma / 2)
    assert values["average_half_life"] == 1e6 * half_life
    assert (values["learning_rate"], values["beta_2"], values["final_beta_2"]) == (2e-4, 0.9, 0.99)
    assert values["final_learning_rate"] == (2e-4 if preset == "stacked_mnist" else 5e-5)
    assert values["penalty_share"] == 1.0 and not values["simultaneous"]
    shape, classes, *_, parameters, _ = PRESETS[preset]
    assert values["conditional"] == (classes is not None)
    sizes = {key: values[key] for key in ("width", "max_width", "depth", "group_width")}
    build = functools.partial(
        r3gan.generator, shape, values["latent_dim"], classes=classes, **sizes
    )
    assert count(build) == parameters


def test_five_numbers_move_in_the_burn_in_and_then_stay():
    """Of 100 steps of 8, a fifth is burn-in, or 400 examples if the parameter says so."""
    for more, half, end in (({}, 10, 20), ({"burn_in_kimg": 0.4}, 25, 50)):
        model = tiny("r3gan", steps=100, **more)
        known = recipes.resolve("r3gan")
        ends = {
            "learning_rate": (known["learning_rate"], known["final_learning_rate"]),
            "beta_2": (0.9, 0.99),
            "r1_weight": (known["penalty_weight"], known["final_penalty_weight"]),
            "r2_weight": (known["penalty_weight"], known["final_penalty_weight"]),
            "average_half_life": (0.0, known["average_half_life"]),
        }
        for step, share in ((0, 0.0), (half, 0.5), (end, 1.0), (99, 1.0)):
            model.step.assign(step)
            for player in model.players.values():
                player.optimizer.iterations.assign(step)
            expected = {name: a + share * (b - a) for name, (a, b) in ends.items()}
            assert scheduled_values.of_model(model) == pytest.approx(expected, rel=1e-5)


def test_the_losses_begin_at_the_logarithm_of_2():
    """Logits of real and fake examples are close where both are, as both players are linear."""
    model = tiny("r3gan")
    images = np.full((8, 8, 8, 1), 128, np.uint8)
    model.generator.set_weights([0.0 * weight for weight in model.generator.get_weights()])
    logs = model.evaluate({"data": images}, batch_size=8, verbose=0, return_dict=True)
    assert logs["g_loss"] == pytest.approx(np.log(2), abs=0.01)
    assert logs["d_loss"] - logs["penalty"] == pytest.approx(np.log(2), abs=0.01)


@pytest.mark.parametrize("conditional", [False, True])
def test_labels_are_inputs_if_the_game_is_conditional(conditional):
    values = {"width": 4, "max_width": 4, "group_width": 4, "conditional": conditional}
    recipe = recipes.make("r3gan", values)
    model = recipe.build(DataSpec((8, 8, 1), "images", 3, ("a", "b", "c")), 0)
    assert model.classes == (3 if conditional else None)
    for network in (model.generator, model.discriminator):
        assert ("label" in [x.name for x in network.inputs]) == conditional


def test_without_a_half_life_there_is_no_average():
    assert tiny("r3gan", average_half_life=0.0).describe_weights() == "last weights"
    assert tiny("r3gan").describe_weights() == "running average"
