"""A run starts from another run's weights, and trains a part of its discriminator."""

import json
import os
import shutil

import numpy as np
import pytest
from tfgan.pipelines import main

import tfgan

SMALL = {
    "recipe": "mixture", "data": "toy:ring", "width": 4, "batch_size": 8, "sample_every": 0,
    "checkpoint_every": 2, "jit_compile": False, "decay_steps": 100, "r1_decay_steps": 100,
}  # fmt: skip


@pytest.fixture(scope="module")
def runs_made(tmp_path_factory):
    """A folder with the run `teacher`, of two hidden layers, evaluated at each of its 3 steps."""
    folder = tmp_path_factory.mktemp("runs")
    tfgan.train(
        **SMALL, depth=2, workdir=folder / "teacher", steps=3, evaluate_every=1, evaluate_count=20
    )
    return folder


def weights(run, network):
    return [np.array(each) for each in run.model.networks[network].get_weights()]


def begun(folder, **more):
    """A run of no steps: what it starts with."""
    return tfgan.train(**{**SMALL, "depth": 2, "steps": 0, **more}, workdir=folder)


def test_all_layers_of_the_same_networks_are_taken_and_the_average_is_theirs(runs_made, tmp_path):
    run = begun(tmp_path, init_from=f"{runs_made}/teacher")
    teacher = tfgan.open_run(runs_made / "teacher")
    for network in ("generator", "discriminator"):
        for a, b in zip(weights(run, network), weights(teacher, network), strict=True):
            np.testing.assert_array_equal(a, b)
    for a, b in zip(run.model.average.get_weights(), weights(teacher, "generator"), strict=True):
        np.testing.assert_array_equal(a, b)
    assert run.step == 0
    start = json.loads((tmp_path / "recipe.json").read_text())["start"]
    assert start == {
        "run": f"{runs_made}/teacher", "state": "last", "step": 3,
        "identity": teacher.record.identity,
    }  # fmt: skip


def test_the_best_state_may_be_the_start(runs_made, tmp_path):
    run = begun(tmp_path, init_from=f"{runs_made}/teacher:best")
    best = tfgan.open_run(runs_made / "teacher", state="best")
    for a, b in zip(weights(run, "generator"), weights(best, "generator"), strict=True):
        np.testing.assert_array_equal(a, b)
    assert run.record.start["step"] == best.step


def test_layers_that_do_not_fit_keep_their_first_weights_and_are_listed(
    runs_made, tmp_path, caplog
):
    caplog.set_level("INFO", logger="tfgan")
    run = begun(tmp_path / "run", depth=1, init_from=f"{runs_made}/teacher")
    fresh = begun(tmp_path / "fresh", depth=1)
    said = " ".join(record.getMessage() for record in caplog.records)
    assert f"The run starts from {runs_made}/teacher at step 3." in said
    assert "discriminator: 2 of 2 layers have its weights" in said
    changed = [
        not np.array_equal(a, b)
        for a, b in zip(weights(run, "discriminator"), weights(fresh, "discriminator"), strict=True)
    ]
    assert any(changed)
    assert "generator: " in said and "; new are " not in said.partition("discriminator: ")[2]


def test_no_layer_that_fits_is_refused_and_leaves_no_run(runs_made, tmp_path, capsys):
    argv = ["train", "--recipe=mixture", "--data=toy:ring", "--width=5", "--batch_size=8"]
    argv += [f"--workdir={tmp_path}/run", f"--init_from={runs_made}/teacher"]
    assert main._run(argv) == 2
    [sentence] = capsys.readouterr().err.splitlines()
    assert "init_from: No layer of this GAN has the class and the shapes" in sentence
    assert not (tmp_path / "run" / "recipe.json").exists()


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("nowhere", "init_from: .*nowhere holds no run"),
        ("teacher:2000", "init_from: .*has no step 2000"),
    ],
)
def test_a_start_that_cannot_be_opened_is_refused(runs_made, tmp_path, start, sentence):
    with pytest.raises(ValueError, match=sentence):
        begun(tmp_path, init_from=f"{runs_made}/{start}")


def test_a_run_that_goes_on_does_not_read_the_other_again(runs_made, tmp_path, capsys):
    shutil.copytree(runs_made / "teacher", tmp_path / "teacher")
    more = {"init_from": str(tmp_path / "teacher"), "depth": 2}
    tfgan.train(**SMALL, **more, workdir=tmp_path / "straight", steps=4)
    tfgan.train(**SMALL, **more, workdir=tmp_path / "parts", steps=2)
    shutil.rmtree(tmp_path / "teacher")
    tfgan.train(**SMALL, **more, workdir=tmp_path / "parts", steps=4)  # the same call
    assert main._run(["train", f"--workdir={tmp_path}/parts"]) == 0
    one, other = (tfgan.open_run(tmp_path / name) for name in ("straight", "parts"))
    for a, b in zip(one.model.get_weights(), other.model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    capsys.readouterr()
    assert main._run(["train", f"--workdir={tmp_path}/parts", "--init_from=elsewhere"]) == 2
    named = f"init_from: {tmp_path}/teacher -> {os.path.abspath('elsewhere')}"
    assert f"with other values ({named}): --workdir alone" in capsys.readouterr().err


def test_a_run_that_was_killed_before_its_first_checkpoint_starts_from_it_again(
    runs_made, tmp_path
):
    begun(tmp_path, init_from=f"{runs_made}/teacher")
    again = tfgan.train(workdir=tmp_path, steps=0)
    teacher = tfgan.open_run(runs_made / "teacher")
    for a, b in zip(weights(again, "generator"), weights(teacher, "generator"), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_first_layers_of_the_discriminator_are_frozen_and_stay_so(tmp_path):
    frozen = {"freeze_discriminator": 1, "depth": 2}
    before = tfgan.train(**SMALL, **frozen, workdir=tmp_path / "before", steps=0)
    after = tfgan.train(**SMALL, **frozen, workdir=tmp_path / "after", steps=3)
    pairs = list(
        zip(weights(before, "discriminator"), weights(after, "discriminator"), strict=True)
    )
    same = [np.array_equal(a, b) for a, b in pairs]
    assert same[:2] == [True, True] and not any(same[2:])
    generators = zip(weights(before, "generator"), weights(after, "generator"), strict=True)
    assert not any(np.array_equal(a, b) for a, b in generators)
    tfgan.train(workdir=tmp_path / "after", steps=5)
    opened = tfgan.open_run(tmp_path / "after")
    assert opened.record.freeze_discriminator == 1
    np.testing.assert_array_equal(weights(opened, "discriminator")[0], pairs[0][0])
    with pytest.raises(ValueError, match="freeze_discriminator: 1 -> 2"):
        tfgan.train(workdir=tmp_path / "after", freeze_discriminator=2, steps=6)


@pytest.mark.parametrize(
    ("recipe", "count", "sentence"),
    [
        ("mixture", 3, "freeze_discriminator must be at most 2, as the last of the 3 layers"),
        ("made", 1, "freeze_discriminator: Autoregressive has no discriminator"),
    ],
)
def test_layers_that_are_not_there_cannot_be_frozen(tmp_path, recipe, count, sentence):
    fields = {"mixture": SMALL | {"depth": 2}, "made": {"data": "mnist5k", "width": 4}}[recipe]
    with pytest.raises(ValueError, match=sentence):
        tfgan.train(**fields | {"recipe": recipe}, workdir=tmp_path, freeze_discriminator=count)
    assert not (tmp_path / "recipe.json").exists()
