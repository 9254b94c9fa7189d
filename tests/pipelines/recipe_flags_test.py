"""The parameters of a recipe as flags of `tfgan train`."""

import json

import pytest
from tfgan.pipelines import main


def resolved(capsys, *argv):
    """The parameters that `tfgan train --dry_run=recipe` prints."""
    assert main._run(["train", *argv, "--dry_run=recipe"]) == 0
    return json.loads(capsys.readouterr().out)["parameters"]


@pytest.mark.parametrize(
    "argv",
    [
        ["--recipe=mixture", "--r1_weight=0.5", "--width=16"],
        ["--r1_weight=0.5", "--width=16", "--recipe=mixture"],
        ["--r1_weight", "0.5", "--width", "16", "--recipe", "mixture"],
        ["--recipe=mixture", "--set=r1_weight=0.5", "--width=16", "--set=width=8"],
    ],
    ids=" ".join,
)
def test_a_parameter_of_the_recipe_is_a_flag(capsys, argv):
    parameters = resolved(capsys, *argv)
    assert (parameters["r1_weight"], parameters["width"]) == (0.5, 16)


def test_a_whole_number_may_be_written_as_tuners_write_it(capsys):
    parameters = resolved(capsys, "--recipe=mixture", "--width=16.0", "--batch_size=32.0")
    assert repr((parameters["width"], parameters["batch_size"])) == "(16, 32)"


@pytest.mark.parametrize("argument", ["--batch_size=32.5", "--width=16.5"])
def test_a_number_that_is_not_whole_is_refused(capsys, argument):
    assert main._run(["train", "--recipe=mixture", argument]) == 2
    assert argument.split("=")[1] in capsys.readouterr().err


def test_a_flagfile_may_name_the_recipe_and_its_parameters(capsys, tmp_path):
    (tmp_path / "flags").write_text("--recipe=mixture\n--r1_weight=0.5\n")
    parameters = resolved(capsys, f"--flagfile={tmp_path}/flags", "--batch_size=32")
    assert (parameters["r1_weight"], parameters["batch_size"]) == (0.5, 32)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (
            ["--recipe=mixture", "--r1_wieght=1"],
            "There is no flag --r1_wieght. Did you mean --r1_weight",
        ),
        (["--recipe=dcgan", "--r1_weight=1"], "There is no flag --r1_weight"),
        (["--recipe=mixture", "--width=wide"], "Recipe mixture: width must be a whole number"),
        (["--recipe=mixtur", "--r1_weight=1"], "received 'mixtur'. Did you mean 'mixture'"),
    ],
)
def test_a_flag_that_the_recipe_does_not_have_is_refused(capsys, argv, sentence):
    assert main._run(["train", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
