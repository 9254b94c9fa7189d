"""Recipes are found by name, and their parameters are read by type."""

import pytest

from tfgan import recipes


def test_the_recipes_of_the_papers_are_there():
    wanted = {"gan", "dcgan", "lsgan", "wgan", "wgan_gp", "sngan", "cgan", "mixture"}
    wanted |= {"acgan", "projection"}
    assert wanted <= set(recipes.names())


def test_an_unknown_recipe_gets_the_nearest_names():
    with pytest.raises(
        ValueError, match="recipe must be one of .*; received 'dcgn'. Did you mean .*'dcgan'"
    ):
        recipes.find("dcgn")


def test_settings_are_typed_from_the_default():
    values = recipes.resolve("dcgan", ["width=8", "beta_1=0", "simultaneous=true"])
    assert values["width"] == 8
    assert values["beta_1"] == 0.0 and type(values["beta_1"]) is float
    assert values["simultaneous"] is True


def test_what_is_not_set_keeps_its_default():
    defaults = {name: p.default for name, p in recipes.parameters("dcgan").items()}
    assert recipes.resolve("dcgan", []) == defaults


def test_the_last_of_two_settings_counts():
    assert recipes.resolve("dcgan", ["width=8", "width=16"])["width"] == 16


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            "wdith=8",
            "A parameter of recipe dcgan must be one of .*; received 'wdith'. Did you mean 'width'",
        ),
        (
            "width=wide",
            "Recipe dcgan: width must be a whole number .*, such as 32; received 'wide'",
        ),
        ("width=1.5", "Recipe dcgan: width must be a whole number from 1 to 65,536"),
        ("simultaneous=3", "Recipe dcgan: simultaneous must be true or false"),
        ("width", "--set takes name=value; received 'width'"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_accepted(setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        recipes.resolve("dcgan", [setting])


def test_a_choice_takes_its_values_only():
    assert recipes.resolve("mixture", ["loss=hinge"])["loss"] == "hinge"
    with pytest.raises(ValueError, match="must be minimax, non_saturating.*; received 'hing'"):
        recipes.resolve("mixture", ["loss=hing"])


def test_titles_name_the_paper_without_importing_the_recipe():
    assert "arxiv.org/abs/1511.06434" in recipes.title("dcgan")
