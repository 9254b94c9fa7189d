"""The flags of `tfgan train`, above all those that say how a step is computed."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan import runs


def train(workdir, *more, recipe="mixture"):
    sizes = ["--set=width=4", "--set=depth=1"] if recipe == "mixture" else ["--set=width=4"]
    return main._run(
        ["train", f"--recipe={recipe}", f"--workdir={workdir}", "--batch_size=8", "--log_every=2",
         "--checkpoint_every=4", "--sample_every=0", *sizes, *more]
    )  # fmt: skip


def weights(workdir):
    model, _ = runs.open_model(str(workdir))
    return model.get_weights()


def test_bfloat16_is_recorded_and_goes_on_without_the_flag(tmp_path, capsys):
    assert train(tmp_path, "--steps=4", "--precision=bfloat16") == 0
    assert json.loads((tmp_path / "recipe.json").read_text())["precision"] == "bfloat16"
    assert train(tmp_path, "--steps=6") == 0
    model, record = runs.open_model(str(tmp_path))
    assert record.precision == "bfloat16" and model.steps_done == 6
    assert all(weight.dtype == np.float32 for weight in model.generator.get_weights())
    capsys.readouterr()
    assert train(tmp_path, "--steps=8", "--precision=float32") == 2
    assert "precision: bfloat16 -> float32" in capsys.readouterr().err


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A run of eight steps by default flags."""
    path = tmp_path_factory.mktemp("plain")
    assert train(path, "--steps=8") == 0
    return path


def test_on_this_cpu_auto_is_float32(plain):
    assert json.loads((plain / "recipe.json").read_text())["precision"] == "float32"


def test_float16_with_a_gradient_penalty_is_refused_before_a_run_begins(tmp_path, capsys):
    flags = ["--data=mnist5k", "--steps=2", "--precision=float16"]
    assert train(tmp_path / "run", *flags, recipe="wgan_gp") == 2
    assert "use bfloat16 or float32" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("flag", ["--steps_per_execution=4", "--jit_compile=on"])
def test_the_steps_are_the_same_however_they_are_executed(plain, tmp_path, flag):
    assert train(tmp_path / "other", "--steps=8", flag) == 0
    for one, other in zip(weights(plain), weights(tmp_path / "other"), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)
    records = [json.loads(line) for line in (tmp_path / "other" / "metrics.jsonl").open()]
    assert records[-1]["step"] == 8
    steps = {path.stem for path in (tmp_path / "other" / "checkpoints").glob("*.index")}
    assert steps == {"step-4", "step-8"}


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--steps_per_execution=3"], "steps_per_execution must divide the 8 steps that are left"),
        (["--jit_compile=on", "--strategy=mirrored", "--devices=2"], "jit_compile=on is for one"),
    ],
    ids=str,
)
def test_executions_that_cannot_be_get_one_sentence(tmp_path, capsys, flags, sentence):
    assert train(tmp_path / "run", "--steps=8", *flags) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
