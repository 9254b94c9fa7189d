"""Presets of recipes: named values that a user's own values replace."""

import pytest
from tfgan.pipelines import usage

from tfgan import recipes

SOURCE = """'Warm nets.'
from tfgan.recipes import Recipe

PRESETS = {"cpu": {}, "large": {"width": 512, "steps": 90_000}}

def recipe(*, batch_size=8, steps=10, width=4, learning_rate=1e-3):
    def build(spec, seed):
        return width
    return Recipe(build, "toy:grid", batch_size, steps)
"""


@pytest.fixture
def path(tmp_path):
    return write(tmp_path, SOURCE)


def write(directory, source):
    path = directory / "warm.py"
    path.write_text(source)
    return str(path)


def test_the_first_preset_is_the_default_and_sets_nothing(path):
    values = recipes.resolve(path)
    assert (values["preset"], values["width"], values["steps"]) == ("cpu", 4, 10)


def test_a_preset_sets_its_values_and_leaves_the_others(path):
    values = recipes.resolve(path, ["preset=large"])
    assert (values["width"], values["steps"], values["batch_size"]) == (512, 90_000, 8)


@pytest.mark.parametrize("settings", [["preset=large", "width=7"], ["width=7", "preset=large"]])
def test_a_value_of_the_user_goes_before_that_of_the_preset_in_any_order(path, settings):
    assert recipes.resolve(path, settings)["width"] == 7


def test_a_recipe_is_made_with_the_values_of_its_preset(path):
    assert recipes.make(path, {"preset": "large"}).build(None) == 512
    assert recipes.make(path, recipes.resolve(path, ["preset=large", "width=7"])).build(None) == 7


def test_an_unknown_preset_is_refused_with_the_names(path):
    with pytest.raises(ValueError, match="preset must be cpu or large.*received 'larg'"):
        recipes.resolve(path, ["preset=larg"])


def test_a_recipe_without_presets_has_no_such_parameter():
    with pytest.raises(ValueError, match="parameter of recipe dcgan"):
        recipes.resolve("dcgan", ["preset=large"])


@pytest.mark.parametrize(
    ("presets", "sentence"),
    [
        ('{"cpu": {"width": 8}}', "whose first entry is empty"),
        ('["cpu"]', "PRESETS must be a literal"),
        ("dict(cpu={})", "PRESETS must be a literal"),
    ],
)
def test_presets_of_another_form_are_refused(tmp_path, presets, sentence):
    path = write(
        tmp_path, SOURCE.replace('{"cpu": {}, "large": {"width": 512, "steps": 90_000}}', presets)
    )
    with pytest.raises(ValueError, match=sentence):
        recipes.parameters(path)


def test_a_value_that_its_parameter_does_not_take_is_refused_with_the_name(tmp_path):
    path = write(tmp_path, SOURCE.replace("512", "-1"))
    with pytest.raises(ValueError, match="width must be a whole number.*received -1"):
        recipes.resolve(path, ["preset=large"])


def test_the_help_lists_what_each_preset_sets(path):
    assert "large  width=512, steps=90000" in usage.of_recipe(path)


@pytest.mark.parametrize("name", recipes.names())
def test_every_preset_of_every_recipe_holds_values_that_its_parameters_take(name):
    for preset in recipes.presets(name):
        assert recipes.resolve(name, {"preset": preset})["preset"] == preset
