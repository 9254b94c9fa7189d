"""GAT's presets, its rate by width, its labels and its data."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities, recipes
from tfgan.data import DataSpec
from tfgan.networks import gat

from .tiny import tiny

SIZES = {"latents32_s": "S", "latents32_b": "B", "latents32_l": "L", "latents32_xl": "XL"}
SMALL = {"width": 8, "depth": 1, "heads": 2, "batch_size": 8}


def test_the_presets_are_the_sizes_of_the_paper():
    assert list(recipes.presets("gat")) == ["cpu", *SIZES]


@pytest.mark.parametrize("preset", SIZES)
def test_a_preset_has_the_numbers_of_the_paper(preset):
    values = recipes.resolve("gat", {"preset": preset})
    size = {key: values[key] for key in ("width", "depth", "heads")}
    assert size == gat.SIZES[SIZES[preset]]
    assert (values["patch"], values["latent_dim"], values["batch_size"]) == (2, 64, 512)
    assert (values["learning_rate"], values["beta_2"]) == (2e-4, 0.99)
    assert values["penalty_weight"] == 0.1 / 2
    assert values["penalty_share"] == 1.0 and not values["simultaneous"]
    assert values["batch_size"] * values["steps"] / 1_281_167 == pytest.approx(60, rel=2e-3)
    decay = 0.5 ** (values["batch_size"] / values["average_half_life"])
    assert decay == pytest.approx(0.999, abs=1e-5)


@pytest.mark.parametrize("width", [8, 16])
def test_the_rate_is_inversely_proportional_to_the_width(width):
    model = tiny("gat", learning_rate=1e-4, width=width)
    rates = [float(player.optimizer.learning_rate) for player in model.players.values()]
    assert rates == pytest.approx([1e-4 * 768 / width] * 2)


@pytest.mark.parametrize("classes", [None, 3])
def test_labels_are_inputs_if_the_data_have_any(classes):
    names = ("a", "b", "c") if classes else ()
    model = recipes.make("gat", SMALL).build(DataSpec((8, 8, 1), "images", classes or 0, names), 0)
    assert model.classes == classes
    for network in (model.generator, model.discriminator):
        assert ("label" in [x.name for x in network.inputs]) == bool(classes)


def test_it_takes_a_step_on_latents_of_a_vae_and_makes_such():
    """Channels first, as PyTorch writes them, each with its mean and its scale."""
    kind = modalities.Latents(True, mean=(1.0, 2.0, 3.0, 4.0), std=(5.0,) * 4)
    model = recipes.make("gat", SMALL | {"patch": 8}).build(DataSpec((32, 32, 4), kind), 0)
    random = np.random.default_rng(0)
    rows = tf.constant(random.normal(3.0, 5.0, (8, 4, 32, 32)).astype("float32"))
    logs = model.train_step({"data": rows})
    assert all(np.isfinite(value) for value in logs.values())
    assert model.sample(2, seed=0)["data"].shape == (2, 4, 32, 32)
