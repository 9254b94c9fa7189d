"""A user's own recipe, one file: it trains, it is kept as text, and no directory makes it run."""

import json
import re
import shutil

import numpy as np
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import recipes

RECIPE = '''"""A ring, by two small dense networks.

For the tests.
"""

import pathlib

import keras

from tfgan import priors
from tfgan.models import GAN
from tfgan.recipes import Recipe

pathlib.Path(__file__).with_name("executed").touch()


def recipe(*, batch_size=8, steps=2, breadth=4, learning_rate=1e-3) -> Recipe:
    def network(name, inputs, outputs):
        x = keras.Input((inputs,), name=name)
        hidden = keras.layers.Dense(breadth, activation="relu")(x)
        return keras.Model({name: x}, keras.layers.Dense(outputs)(hidden))

    def build(spec, seed=0):
        model = GAN(network("latent", 2, 2), network("data", 2, 1), prior=priors.Normal(2))
        adam = {name: keras.optimizers.Adam(learning_rate) for name in model.networks}
        model.compile("non_saturating", adam, seed=seed, jit_compile=False)
        return model

    return Recipe(build=build, data="toy:ring", batch_size=batch_size, steps=steps)
'''


@pytest.fixture
def file(tmp_path):
    (tmp_path / "own").mkdir()
    path = tmp_path / "own" / "my_ring.py"
    path.write_text(RECIPE)
    return path


@pytest.fixture
def run(file, tmp_path):
    """The directory of a run of two steps."""
    tfgan.train(recipe=str(file), workdir=tmp_path / "run", breadth=5)
    (file.parent / "executed").unlink()
    return tmp_path / "run"


def command(capsys, *argv):
    code = main._run([str(each) for each in argv])
    return code, *capsys.readouterr()


def test_its_parameters_are_flags_and_it_is_described_without_being_executed(file, capsys):
    code, out, _ = command(capsys, "recipes", file)
    assert code == 0 and "A ring, by two small dense networks." in out and "--breadth [4]" in out
    code, out, _ = command(capsys, "train", f"--recipe={file}", "--help")
    assert code == 0 and "--breadth [4]" in out
    assert not (file.parent / "executed").exists()
    code, out, _ = command(capsys, "train", f"--recipe={file}", "--breadth=6", "--dry_run=recipe")
    plan = json.loads(out)
    assert (plan["recipe"], plan["parameters"]["breadth"]) == ("my_ring.py", 6)
    assert plan["workdir"] == "runs/my_ring-toy-ring"


def test_the_run_keeps_its_text_and_opens_with_the_file(file, run):
    record = json.loads((run / "recipe.json").read_text())
    assert record["recipe_file"] == {"text": RECIPE, "sha256": recipes.fingerprint(RECIPE)}
    opened = tfgan.open_run(run, recipe=file)
    assert opened.model.generator.layers[1].units == 5
    assert np.isfinite(opened.sample(3)["data"]).all()


def test_its_model_is_exported_at_the_end_and_the_next_command_names_it(file, tmp_path, capsys):
    asked = [f"--workdir={tmp_path}/run", f"--export_dir={tmp_path}/out"]
    code, out, _ = command(capsys, "train", f"--recipe={file}", *asked)
    assert code == 0 and f"tfgan evaluate --workdir={tmp_path}/run --recipe={file}\n" in out
    assert (tmp_path / "out/1/saved_model.pb").exists()


def test_it_starts_from_a_run_of_another_recipe(file, tmp_path):
    tfgan.train(
        recipe="mixture", data="toy:ring", workdir=f"{tmp_path}/other", steps=1, batch_size=8,
        parameters={"width": 4, "depth": 1, "latent_dim": 2},
    )  # fmt: skip
    run = tfgan.train(recipe=str(file), workdir=f"{tmp_path}/new", init_from=f"{tmp_path}/other")
    assert run.record.start["step"] == 1


def test_it_resumes_exactly(file, run, tmp_path):
    tfgan.train(recipe=str(file), workdir=tmp_path / "straight", breadth=5, steps=4)
    tfgan.train(recipe=str(file), workdir=run, steps=4)
    one, other = (tfgan.open_run(each, recipe=file) for each in (tmp_path / "straight", run))
    for a, b in zip(one.model.get_weights(), other.model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    "verb", ["train", "sample", "export", ["evaluate", "--metrics=fd", "--count=20"]], ids=str
)
def test_a_run_directory_makes_no_code_run(file, run, capsys, monkeypatch, verb):
    argv = [verb] if isinstance(verb, str) else verb
    monkeypatch.chdir(file.parent)  # where a file of that name lies
    code, _, error = command(capsys, *argv, f"--workdir={run}")
    assert code == 2 and len(error.splitlines()) == 1
    assert "a run directory makes no code run: name the file again, --recipe=PATH/my_ring" in error
    assert not (file.parent / "executed").exists()
    assert command(capsys, *argv, f"--workdir={run}", f"--recipe={file}")[0] == 0


def test_a_record_that_names_a_file_without_its_text_is_refused(file, run, capsys):
    content = json.loads((run / "recipe.json").read_text())
    content["recipe"] = str(file)
    del content["recipe_file"]
    (run / "recipe.json").write_text(json.dumps(content))
    code, _, error = command(capsys, "sample", f"--workdir={run}")
    assert code == 2 and "is not the record of a tfgan run" in error
    assert not (file.parent / "executed").exists()


def test_a_text_that_was_edited_in_the_record_is_refused(run):
    content = json.loads((run / "recipe.json").read_text())
    content["recipe_file"]["text"] += "print(1)\n"
    (run / "recipe.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match="the text of recipe_file is not that of its sha256"):
        tfgan.open_run(run, recipe="my_ring.py")


def test_comments_may_change_and_what_it_does_may_not(file, run, capsys):
    moved = shutil.copy(file, file.parent / "elsewhere.py")
    file.write_text("# Of mine.\n" + RECIPE)
    before = json.loads((run / "recipe.json").read_text())
    assert tfgan.open_run(run, recipe=file).step == tfgan.open_run(run, recipe=moved).step == 2
    assert command(capsys, "train", f"--recipe={file}", f"--workdir={run}")[0] == 0
    assert json.loads((run / "recipe.json").read_text())["recipe_file"] == before["recipe_file"]
    file.write_text(RECIPE.replace('"relu"', '"tanh"'))
    with pytest.raises(ValueError, match="its content has changed since"):
        tfgan.open_run(run, recipe=file)
    code, _, error = command(capsys, "train", f"--recipe={file}", f"--workdir={run}", "--steps=4")
    assert code == 2 and "holds a run with other values (recipe_file.sha256: " in error


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot be read: No such file or directory"),
        ("def recipe(:", "must define recipe"),
        ("x = 1", "must define recipe.* .it defines 0 functions of that name"),
        ("def recipe(*, steps=1): ...", "it lacks batch_size"),
        ("def recipe(*, steps=1, batch_size=1, a=None): ...", "received None for a"),
        ("def recipe(*, steps=1, batch_size=1): 1 / 0", "line 1, ZeroDivisionError"),
        ("import nowhere\ndef recipe(*, steps=1, batch_size=1): ...", "No module named 'nowhere'"),
    ],
)
def test_a_file_that_is_not_a_recipe_is_refused_in_one_sentence(tmp_path, capsys, text, sentence):
    path = tmp_path / "wrong.py"
    if text is not None:
        path.write_text(text)
    code, _, error = command(capsys, "train", f"--recipe={path}", f"--workdir={tmp_path}/run")
    assert code == 2 and len(error.splitlines()) == 1, error
    assert str(path) in error and re.search(sentence, error)
