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


def test_unlabeled_examples_join_and_labeled_ones_are_repeated(
    arrays, tmp_path, monkeypatch, caplog, capsys
):
    more, workdir = tmp_path / "more.npz", f"--workdir={tmp_path / 'run'}"
    images = np.random.default_rng(1).integers(0, 256, (30, 8, 8, 1), np.uint8)
    np.savez(more, data=images)
    trained_on = []
    repeat = data.repeat_labeled

    def repeat_labeled(source, share):
        trained_on.append(repeat(source, share))
        return trained_on[0]

    monkeypatch.setattr(data, "repeat_labeled", repeat_labeled)
    monkeypatch.chdir(tmp_path)
    settings = [f"--set={each}" for each in (
        "labelled=3", "unlabeled=arrays:more.npz", "label_share=0.5", "width=4",
        "generator_width=4", "dense_width=4",
    )]  # fmt: skip
    with caplog.at_level("INFO", logger="tfgan.train"):
        code = main._run(
            ["train", "--recipe=semi_supervised", f"--data=arrays:{arrays}", "--batch_size=8",
             workdir, "--steps=1", "--sample_every=0", *settings]
        )  # fmt: skip
    assert code == 0
    assert "30 examples without labels join the training examples" in caplog.text
    [source] = trained_on
    label = source.label[source.rows]
    assert np.sum(label >= 0) >= np.sum(label == -1) >= 30 + 40
    added = {row.tobytes() for row in images}
    assert added <= {row.tobytes() for row in source.data[source.rows[label == -1]]}
    monkeypatch.chdir("/")
    np.savez(more, data=255 - images)
    assert main._run(["train", workdir, "--steps=2"]) == 2
    assert "holds a run with other values (data.unlabeled: " in capsys.readouterr().err
    more.unlink()
    assert main._run(["train", workdir, "--steps=2"]) == 2
    error = capsys.readouterr().err
    assert (
        f"unlabeled: arrays:{more}: there is no such file" in error and "--set=unlabeled" in error
    )


def test_more_examples_of_another_size_are_refused_before_training(arrays, tmp_path, capsys):
    more = tmp_path / "more.npz"
    np.savez(more, data=np.zeros((30, 4, 4, 1), np.uint8))
    code = main._run(
        ["train", "--recipe=semi_supervised", f"--data=arrays:{arrays}", "--steps=1",
         f"--workdir={tmp_path / 'run'}", "--set=labelled=3", f"--set=unlabeled=arrays:{more}"]
    )  # fmt: skip
    assert code == 2
    assert "unlabeled must hold uint8 [8, 8, 1]" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
