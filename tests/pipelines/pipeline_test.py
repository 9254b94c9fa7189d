"""`tfgan pipeline`: compiled, refused, and run from end to end on real digits."""

import json
import sys

import pytest
import tensorflow as tf
import yaml
from tfgan.pipelines import main

IMAGE = "--image=registry.example/tfgan:1"
TINY = ["--steps=20", "--count=200", "--train_flags=--set=width=4 --batch_size=16"]


def refused(capsys, *flags):
    """The one sentence of a command that is refused."""
    assert main._run(["pipeline", *flags]) == 2
    [line] = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ([], "Give --out=FILE.yaml to compile, or --local to run here."),
        (["--out=p.yaml", "--local"], "Give --out=FILE.yaml to compile, or --local"),
        (["--out=p.yaml", IMAGE], "--threshold must say"),
        (["--out=p.yaml", "--threshold=1"], "--image must name"),
        (["--out=p.json", "--threshold=1", IMAGE], "--out must end in .yaml"),
        (["--out=p.yaml", "--threshold=1", IMAGE, "--machine=train"], "--machine takes STEP:"),
        (
            ["--out=p.yaml", "--threshold=1", IMAGE, "--checkpoint=first"],
            "--checkpoint must be last, best",
        ),
        (["--out=p.yaml", "--threshold=1", IMAGE, "--recipe=dcgam"], "dcgam"),
        (["--out=p.yaml", "--threshold=1", IMAGE, "--train_flags='"], "No closing quotation"),
    ],
    ids=str,
)
def test_what_cannot_be_a_pipeline_gets_one_sentence(capsys, flags, sentence):
    assert sentence in refused(capsys, *flags)


def test_without_the_extra_the_command_that_installs_it_is_told(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "kfp", None)
    message = refused(capsys, "--out=p.yaml", "--threshold=1", IMAGE)
    assert "Kubeflow Pipelines is not installed: pip install 'tfgan[kfp]', or in" in message


def test_flags_become_defaults_of_the_compiled_pipeline(capsys, tmp_path):
    path = tmp_path / "new" / "pipeline.yaml"
    code = main._run(["pipeline", f"--out={path}", "--threshold=0.5", IMAGE, "--metric=pr", *TINY])
    assert (code, capsys.readouterr().out) == (0, f"Pipeline: {path}\n")
    pipeline = next(yaml.safe_load_all(path.read_text()))
    parameters = pipeline["root"]["inputDefinitions"]["parameters"]
    assert parameters["metric"]["defaultValue"] == "pr"
    assert parameters["train_flags"]["defaultValue"] == ["--set=width=4", "--batch_size=16"]


def run_here(capsys, root, threshold):
    """(folder of the run, the lines printed) of the whole pipeline."""
    flags = ["--local", f"--root={root}", f"--threshold={threshold}", *TINY]
    assert main._run(["pipeline", *flags]) == 0
    [folder] = root.glob("tfgan-*")
    return folder, capsys.readouterr().out.splitlines()


def test_a_model_that_is_good_enough_is_measured_and_exported(capsys, tmp_path):
    folder, printed = run_here(capsys, tmp_path, 1000.0)
    record = json.loads((folder / "evaluate/figures").read_text().splitlines()[0])
    assert record["metric"] == "fd_digits" and record["step"] == 20 and record["n_fake"] == 200
    assert printed[-2:] == [
        f"Good enough: fd_digits is {record['value']:.6g} and must be at most 1000.",
        f"Model:    {folder}/export/exported",
    ]
    # An artifact that other steps may share is left as training made it.
    assert not (folder / "train/trained/evaluation").exists()
    assert "fd_digits" in (folder / "export/exported/1/model_card.md").read_text()
    model = tf.saved_model.load(f"{folder}/export/exported/1")
    rows = {"seed": tf.constant([0, 1], tf.int64), "truncation": tf.zeros(2)}
    images = model.signatures["serving_default"](**rows)["image"]
    assert images.shape == (2, 28, 28, 1) and images.dtype == tf.uint8


@pytest.mark.slow
def test_a_model_that_is_not_good_enough_is_not_exported(capsys, tmp_path):
    folder, printed = run_here(capsys, tmp_path, 0.001)
    assert printed[-1].startswith("Not exported: fd_digits is ")
    assert not (folder / "export").exists()
