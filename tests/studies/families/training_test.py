"""A budget's steps reach the parameters that a recipe ties to its steps."""

import types

import pytest

from tfgan import failures, recipes
from tfgan.data import DataSpec
from tfgan.studies.families import training
from tfgan.studies.families.families import FAMILIES


def test_a_warm_up_keeps_its_share_of_the_steps():
    whole = recipes.resolve("pixelvae")
    half = training.parameters(FAMILIES["pixelvae"], whole["steps"] // 2)
    assert half == whole | {"steps": whole["steps"] // 2, "kl_warmup": whole["kl_warmup"] // 2}


def test_rates_fall_over_the_steps_of_the_budget():
    spec = DataSpec((4, 4, 1), "images")
    model, _ = training.build(FAMILIES["made"], spec, 0, steps=3)
    [player] = model.players.values()
    player.optimizer.iterations.assign(3)
    assert float(player.optimizer.learning_rate) == 0.0


def test_a_recipe_without_a_warm_up_changes_its_steps_alone():
    whole = recipes.resolve("dcgan")
    assert training.parameters(FAMILIES["gan"], 7) == whole | {"steps": 7}


class Diverging:
    """A model whose loss stops being finite."""

    def fit(self, *_, **__):
        raise ArithmeticError("g_loss is nan at step 2")


def test_a_loss_that_is_not_finite_is_a_failure_of_its_family(monkeypatch):
    monkeypatch.setattr(training, "build", lambda *_: (Diverging(), 4))
    source = types.SimpleNamespace(spec=None, batches=lambda count, seed: None)
    with pytest.raises(failures.Failure, match="^GAN: g_loss is nan at step 2$"):
        training.train(FAMILIES["gan"], source, 0, 2, print)
