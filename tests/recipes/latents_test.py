"""Recipes on data of another kind than their paper's."""

import keras
import pytest

from tfgan import modalities, recipes
from tfgan.data import DataSpec
from tfgan.runs import Record

MAPS = DataSpec((8, 8, 1), modalities.Latents(mean=(3.0,), std=(9.0,)), 2, ("a", "b"))
MAKE = [
    *("aae", "acgan", "cgan", "dcgan", "gan", "gat", "infogan", "lsgan", "mixture", "projection"),
    *(
        "bigan",
        "biggan",
        "rpgan",
        "sagan",
        "semi_supervised",
        "sngan",
        "stylegan2",
        "wgan",
        "wgan_gp",
    ),
]
SMALL = {"width": 4, "generator_width": 4, "discriminator_width": 4}


def build(name, spec):
    small = {key: 4 for key in SMALL if key in recipes.parameters(name)}
    settings = [f"{key}={value}" for key, value in small.items()]
    parameters = recipes.resolve(name, settings)
    del parameters["steps"]
    return Record(name, parameters, {}, spec.to_dict(), 0, flags={"steps": 1}).build()


@pytest.mark.parametrize("name", MAKE)
def test_a_recipe_makes_latents_without_a_bound(name):
    model = build(name, MAPS)
    assert model.modality == MAPS.modality
    last = model.sampling_network().layers[-1]
    assert last.activation is keras.activations.linear


@pytest.mark.parametrize("name", ["made", "pixelcnn", "rbm", "vae"])
def test_a_recipe_of_binary_pixels_refuses_latents(name):
    with pytest.raises(ValueError, match=f"The recipe {name} is not for latents, as the data are"):
        build(name, MAPS)


def test_a_recipe_of_texts_refuses_latents_of_the_same_shape():
    with pytest.raises(ValueError, match="text_wgan_gp makes texts; the data are latents"):
        build("text_wgan_gp", DataSpec((6, 4), "latents"))
