"""Which families are compared."""

import pytest

from tfgan import recipes
from tfgan.studies.families import families
from tfgan.studies.families.claims import CLAIMS


def test_the_lecture_s_four_are_the_default():
    assert families.choose("", False) == ["rbm", "vae", "pixelcnn", "gan"]


def test_all_adds_the_hybrids():
    assert families.choose("", True) == list(families.FAMILIES)
    assert {"aae", "pixelvae", "pixelgan"} < set(families.FAMILIES)


def test_named_families_come_in_the_order_of_the_table():
    assert families.choose("gan, vae", False) == ["vae", "gan"]


def test_an_unknown_family_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="--families must be .*received 'pixelcn'.*'pixelcnn'"):
        families.choose("pixelcn", False)


def test_names_and_all_together_are_refused():
    with pytest.raises(ValueError, match="give one"):
        families.choose("gan", True)


@pytest.mark.parametrize("name", families.FAMILIES)
def test_every_family_has_a_recipe_and_the_lecture_s_column_exists(name):
    family = families.FAMILIES[name]
    assert family.recipe in recipes.names()
    assert family.lecture is None or family.lecture in CLAIMS
    recipes.resolve(family.recipe)
