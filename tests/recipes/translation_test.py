"""Recipes of translation without pairs: what data they take, and how their rates fall."""

import pytest

from tfgan import recipes
from tfgan.data import DataSpec

from .tiny import tiny


@pytest.mark.parametrize("name", ["cyclegan", "cut"])
def test_data_of_one_domain_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} needs two domains, .*; the data have one."):
        recipes.make(name, {}).build(DataSpec((32, 32, 3)), 0)


@pytest.mark.parametrize("name", ["cyclegan", "cut"])
def test_the_rates_fall_in_the_second_half_of_the_run(name):
    model = tiny(name, steps=8)
    for player in model.players.values():
        rates = []
        for step in (0, 4, 6, 8):
            player.optimizer.iterations.assign(step)
            rates.append(float(player.optimizer.learning_rate))
        assert rates == pytest.approx([2e-4, 2e-4, 1e-4, 0.0], abs=1e-10)


def test_weights_of_cyclegan_are_those_of_the_authors_code():
    model = tiny("cyclegan")
    assert (model.cycle_weight, model.identity_weight) == (5.0, 2.5)  # losses are half of theirs
    spec = DataSpec((8, 8, 3), conditions={"source": DataSpec((8, 8, 1))})
    with pytest.raises(ValueError, match="identity_weight must be 0 for domains of different"):
        recipes.make("cyclegan", {"width": 4, "discriminator_layers": 1}).build(spec, 0)
