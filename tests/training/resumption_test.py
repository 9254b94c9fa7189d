"""A run goes on with what its record holds."""

import json
import pathlib
import shutil

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan import runs

from .commands import POINTS, record, train

FORMAT_2 = pathlib.Path(__file__).parents[1] / "runs" / "format_2"


@pytest.mark.parametrize(
    "written", ["d/x.npz", "./d/x.npz", "d//x.npz", "d/../d/x.npz", "ABSOLUTE/d/x.npz", "$D/x.npz"]
)
def test_a_run_resumes_however_the_path_of_its_data_is_written(
    place, originals, monkeypatch, capsys, written
):
    monkeypatch.chdir(originals)
    monkeypatch.setenv("D", "d")
    data = f"--data=arrays:{written.replace('ABSOLUTE', str(originals))}"
    before = record()
    code, out, _ = train(capsys, *POINTS, data, "--workdir=points")
    assert code == 0 and "Resuming points at step 4." in out
    assert record() == before


def test_the_default_directory_is_one_however_the_path_is_written(originals, monkeypatch, capsys):
    monkeypatch.chdir(originals)
    for written in ("d/x.npz", "./d/x.npz", f"{originals}/d/x.npz"):
        code, out, _ = train(capsys, *POINTS, f"--data=arrays:{written}", "--dry_run=recipe")
        assert code == 0
        assert json.loads(out)["workdir"] == "runs/mixture-arrays-d-x.npz"


def test_the_directory_alone_resumes_what_it_holds(place, capsys):
    code, out, _ = train(capsys, "--workdir=points")
    assert code == 0
    assert "points is at step 4 already" in out  # the steps, the recipe and its parameters are kept
    code, out, _ = train(capsys, "--workdir=points", "--steps=6", "--r1_weight=0.1")
    assert code == 0 and "Training mixture" in out and "to step 6" in out
    steps = [line["step"] for line in runs.MetricsFile("points").read()]
    assert steps == [2, 4, 6]  # --log_every is kept too
    assert pathlib.Path("points/checkpoints/step-6.index").exists()
    assert record()["flags"]["steps"] == 6


def test_what_is_resumed_from_the_directory_alone_ends_as_the_same_command_would(place, capsys):
    shutil.copytree("points", "other")
    data = record()["data"]["source"]
    assert train(capsys, "--workdir=points", "--steps=7")[0] == 0
    same = [*POINTS, f"--data={data}", "--steps=7", "--workdir=other"]
    assert train(capsys, *same)[0] == 0
    for name in ("points", "other"):
        assert pathlib.Path(name, "checkpoints/step-7.index").exists()
    one, other = (runs.open_model(name)[0].get_weights() for name in ("points", "other"))
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


def test_moved_data_are_found_again_and_the_record_notes_their_place(place, originals, capsys):
    content = record()
    content["data"]["source"] = f"arrays:{place}/gone/x.npz"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, _, error = train(capsys, "--workdir=points")
    assert code == 2 and len(error.splitlines()) == 1
    assert "no such file. If the run's data have moved, --data gives their location." in error
    code, out, _ = train(capsys, "--workdir=points", "--data=arrays:d/x.npz")
    assert code == 0 and "Resuming points at step 4." in out
    assert record()["data"]["source"] == f"arrays:{place}/d/x.npz"
    assert record()["history"][-1]["old"] == f"arrays:{place}/gone/x.npz"
    assert train(capsys, "--workdir=points")[0] == 0


def test_a_run_is_evaluated_from_another_directory(place, originals, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main._run(["evaluate", "--workdir=copy/run", "--metrics=swd", "--count=10"]) == 0
    assert f"training examples of arrays:{originals}/d/images.npz" in capsys.readouterr().out


@pytest.mark.parametrize("written", ["toy:grid", "toy:ring"])
def test_a_run_of_the_first_release_goes_on(tmp_path, capsys, written):
    shutil.copytree(FORMAT_2, tmp_path / "run")
    arguments = [f"--workdir={tmp_path}/run", "--steps=6", "--log_every=2", "--jit_compile=off"]
    code, out, error = train(capsys, *arguments, f"--data={written}")
    if written == "toy:ring":
        assert code == 2 and "data.source: toy:grid -> toy:ring" in error
        return
    assert code == 0 and f"Resuming {tmp_path}/run at step 4." in out
    steps = [json.loads(line)["step"] for line in (tmp_path / "run" / "metrics.jsonl").open()]
    assert steps == [2, 4, 6]
    model, _ = runs.open_model(f"{tmp_path}/run")
    assert model.steps_done == 6


def test_a_run_of_the_first_release_with_a_relative_path_goes_on(place, capsys):
    content = record()
    del content["flags"], content["history"]
    content["data"]["source"] = "arrays:d/x.npz"
    pathlib.Path("points/recipe.json").write_text(json.dumps(content))
    code, out, _ = train(capsys, "--workdir=points", "--steps=4")
    assert code == 0 and "Resuming points at step 4." in out
    assert record()["data"]["source"] == f"arrays:{place}/d/x.npz"


def test_a_run_whose_checkpoints_are_gone_does_not_begin_again(tmp_path, capsys):
    command = [
        "train", "--recipe=mixture", "--data=toy:ring", f"--workdir={tmp_path}/run", "--width=4",
        "--batch_size=4", "--log_every=1", "--checkpoint_every=1", "--jit_compile=off",
    ]  # fmt: skip
    assert main._run([*command, "--steps=3"]) == 0
    (tmp_path / "run" / "checkpoints").rename(tmp_path / "elsewhere")
    figures = (tmp_path / "run" / "metrics.jsonl").read_bytes()
    assert main._run([*command, "--steps=4"]) == 2
    assert "has the figures of 3 steps and no checkpoint" in capsys.readouterr().err
    assert (tmp_path / "run" / "metrics.jsonl").read_bytes() == figures
    (tmp_path / "elsewhere").rename(tmp_path / "run" / "checkpoints")
    assert main._run([*command, "--steps=4"]) == 0
