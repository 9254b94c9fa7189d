"""`tfgan train` of a recipe that learns from few labels."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan import data


@pytest.fixture(scope="module")
def arrays(tmp_path_factory):
    """60 images of 8x8 with labels 0, 1, 2."""
    path = tmp_path_factory.mktemp("data") / "images.npz"
    images = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8)
    np.savez(path, data=images, label=np.arange(60) % 3)
    return path


def train(arrays, workdir, *more):
    return main._run(
        ["train", "--recipe=aae_categories", f"--data=arrays:{arrays}", f"--workdir={workdir}",
         "--steps=2", "--set=width=4", "--batch_size=8", "--log_every=1", "--jit_compile=off",
         *more]
    )  # fmt: skip


@pytest.fixture(scope="module")
def trained(arrays, tmp_path_factory):
    """(the directory of a run with 6 labels, what was kept of which source)."""
    run, kept, found = tmp_path_factory.mktemp("runs") / "run", [], data.keep_labels

    def keep_labels(source, count, seed):
        kept.append((source.name, count, seed))
        return found(source, count, seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "keep_labels", keep_labels)
        assert train(arrays, run, "--set=labelled=6", "--seed=3") == 0
    return run, kept


def test_training_keeps_the_labels_that_the_recipe_asks_for(arrays, trained):
    run, kept = trained
    assert kept == [(f"arrays:{arrays}", 6, 3)]
    records = [json.loads(line) for line in (run / "metrics.jsonl").open()]
    assert all("classification" in record for record in records)


def test_evaluate_tells_the_error_and_shows_no_samples(trained, capsys):
    code = main._run(["evaluate", f"--workdir={trained[0]}", "--metrics=category"])
    out = capsys.readouterr().out
    assert code == 0
    assert "classification_error (lower is better)" in out


def test_a_number_of_labels_that_the_classes_cannot_share_is_refused(arrays, tmp_path, capsys):
    assert train(arrays, tmp_path / "run", "--set=labelled=7") == 2
    assert "labelled must be a multiple of the 3 classes" in capsys.readouterr().err
