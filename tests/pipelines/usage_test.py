"""Help fits the terminal, is in our words, and knows the parameters of a recipe."""

import pytest
from tfgan.pipelines import main

from tfgan import recipes


def helped(capsys, *argv):
    assert main._run([*argv, "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [40, 80, 100])
@pytest.mark.parametrize("verb", ["--help", *sorted(main.VERBS)])
def test_no_line_of_help_is_wider_than_the_terminal(capsys, monkeypatch, verb, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = helped(capsys, verb).splitlines()
    # A word that cannot be broken, such as projects/P/locations/L/tensorboards/N, may stand out.
    wide = [line for line in lines if len(line) > columns and len(line.split()) > 2]
    assert wide == []


@pytest.mark.parametrize("verb", sorted(main.VERBS))
def test_help_has_no_words_of_the_flags_library(capsys, verb):
    out = " ".join(helped(capsys, verb).split())
    assert "repeat this option" not in out
    assert "comma separated" not in out
    assert ";;" not in out and ".;" not in out


def test_flags_that_may_be_repeated_say_so(capsys):
    out = " ".join(helped(capsys, "train").split())
    assert "--set A parameter of the recipe, in the form name=value. May be repeated." in out


@pytest.mark.parametrize("name", recipes.names())
def test_the_help_of_training_lists_the_parameters_of_the_recipe(capsys, name):
    lines = helped(capsys, "train", f"--recipe={name}").splitlines()
    listed = lines[lines.index(f"Parameters of the recipe {name}, which are flags too:") + 1 :]
    for parameter in recipes.parameters(name).values():
        [line] = [x for x in listed if x.startswith(f"  --{parameter.name} [{parameter.default}]")]
        assert parameter.description.split()[0] in line


def test_the_help_of_training_lists_those_of_the_default_recipe(capsys):
    assert "--simultaneous [True]" in helped(capsys, "train")


def test_the_help_of_a_recipe_that_does_not_exist_names_the_nearest(capsys):
    assert main._run(["train", "--help", "--recipe=dcgn"]) == 2
    assert "Did you mean 'dcgan'" in capsys.readouterr().err


def test_a_flag_with_a_few_values_lists_them_beside_its_name(capsys):
    lines = helped(capsys, "train").splitlines()
    assert "  --crop=center|stretch [center]" in lines
    assert "  --binarise=static" in lines
    assert "  --[no]flip" in lines and "  --log_every [100]" in lines and "  --init_from" in lines
