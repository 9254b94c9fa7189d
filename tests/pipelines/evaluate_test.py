"""`tfgan evaluate` of a run and of two sets, and `tfgan train` that evaluates on its way."""

import json
import re
import shutil

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import choices, runs
from tfgan.data import open_source

from .evaluating import evaluate, refused

TINY = ["--set=width=4", "--set=latent_dim=4", "--batch_size=8"]


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """(data, label) of 200 real digits."""
    batch = next(open_source("mnist5k").examples(200))
    return batch["data"], batch["label"]


@pytest.fixture(scope="module")
def run(digits, tmp_path_factory):
    """(run directory, what training printed): 4 steps of cgan, evaluated after every second."""
    folder = tmp_path_factory.mktemp("evaluated")
    np.savez(folder / "digits.npz", data=digits[0], label=digits[1])
    with pytest.MonkeyPatch.context() as patch:
        printed = []
        patch.setattr(
            "builtins.print", lambda *words, **_: printed.append(" ".join(map(str, words)))
        )
        code = main._run(
            ["train", "--recipe=cgan", f"--data=arrays:{folder}/digits.npz", "--steps=4",
             f"--workdir={folder}/run", "--extractor=digits", "--evaluate_every=2",
             "--evaluate_metrics=fd,pr", "--evaluate_count=60", "--checkpoint_every=2",
             f"--cache_dir={folder}/cache", *TINY]
        )  # fmt: skip
    assert code == 0
    return folder / "run", "\n".join(printed)


@pytest.fixture
def copy(run, tmp_path, monkeypatch, open_once):
    """A run directory of one test's own; the model, the same in all, is opened once."""
    folder = str(run[0])
    monkeypatch.setattr(
        runs.loading,
        "open_model",
        lambda _, *states, **options: open_once(folder, *states, **options),
    )
    return shutil.copytree(folder, tmp_path / "run")


def of_run(workdir, *flags):
    cache = workdir.parent / "cache"
    return [f"--workdir={workdir}", "--extractor=digits", f"--cache_dir={cache}", *flags]


def records(workdir):
    lines = [json.loads(line) for line in (workdir / "metrics.jsonl").open()]
    return [line for line in lines if "metric" in line and "during" not in line]


def test_training_tells_the_best_state_and_keeps_it(run):
    workdir, printed = run
    assert "step 2 fd_digits " in printed and "step 4 fd_digits " in printed
    best = next(line for line in printed.splitlines() if line.startswith("Best:"))
    assert f"kept in {workdir}/best; evaluations took" in best
    assert f"tfgan evaluate --workdir={workdir} --checkpoint=best" in printed
    lines = [json.loads(line) for line in (workdir / "metrics.jsonl").open()]
    curve = {r["step"]: r["value"] for r in lines if r.get("metric") == "fd_digits"}
    assert set(curve) == {2, 4}
    assert f"at step {min(curve, key=curve.get)}," in best
    assert list((workdir / "best").glob(f"step-{min(curve, key=curve.get)}.index"))


def test_figures_stand_beside_those_of_held_out_real_examples(copy, capsys):
    lines = evaluate(capsys, *of_run(copy)).splitlines()
    assert lines[0].startswith(
        "120 samples of step 4 (seed 0, running average) against 120 training examples of arrays:"
    )
    assert "features of digits (1, weights " in lines[0]
    assert lines[1].startswith("Real baseline: 20 held-out real examples")
    head = next(line for line in lines if line.startswith("   "))
    assert re.split("  +", head.strip()) == ["120 samples", "20 samples", "20 real"]
    for name in ("fd_digits", "kd_digits", "precision", "recall", "density", "coverage",
                 "authenticity", "modes", "modes_reverse_kl", "label_accuracy"):  # fmt: skip
        assert any(line.startswith(f"{name} ") for line in lines), name


def test_each_figure_becomes_a_record_with_all_that_makes_it_comparable(copy, capsys):
    evaluate(capsys, *of_run(copy, "--metrics=fd,modes", "--seed=3"))
    fd, modes, kl, classes = records(copy)
    assert (fd["metric"], modes["metric"], kl["metric"]) == (
        "fd_digits", "modes", "modes_reverse_kl"
    )  # fmt: skip
    assert (fd["n_real"], fd["n_fake"], fd["seed"], fd["step"]) == (120, 120, 3, 4)
    assert fd["floor"]["n_fake"] == 20 and fd["floor"]["value"] > 0.0
    assert fd["extractor"]["name"] == "digits" and len(fd["extractor"]["sha256"]) == 64
    assert fd["extractor"]["resize"] == "clean" and fd["weights"] == "average"
    assert fd["quantised"] and fd["data"]["source"].endswith("digits.npz")
    assert len(fd["data"]["fingerprint"]) == 64
    assert sum(modes["details"]["histogram"]) == pytest.approx(1.0)
    assert classes["metric"] == "per_class" and len(classes["classes"]) == 10


def test_the_same_command_with_any_batch_size_gives_the_same_figures(copy, capsys):
    tables = [
        evaluate(capsys, *of_run(copy, "--metrics=fd,kd,pr,dc", *more)).split("\n\n")[1]
        for more in ([], [], ["--batch_size=7"], ["--batch_size=5000"])
    ]
    assert len(set(tables)) == 1
    values = [r["value"] for r in records(copy) if r["metric"] != "per_class"]
    assert values == 4 * values[:6]


def test_classes_have_a_table_with_a_line_each(copy, capsys):
    out = evaluate(capsys, *of_run(copy, "--metrics=fd"))
    table = out.split("\n\n")[2].splitlines()
    assert table[0].split() == ["class", "training_share", "predicted_share", "label_accuracy"]
    assert [line.split()[0] for line in table[1:]] == [str(digit) for digit in range(10)]


def test_samples_are_drawn_beside_their_nearest_training_images(copy, capsys):
    out = evaluate(capsys, *of_run(copy, "--metrics=fd"))
    path = copy / "evaluation" / "step-00000004-neighbours.png"
    assert f"Neighbors:  {path}" in out
    picture = tf.io.decode_png(path.read_bytes())
    assert picture.shape == (16 * 30 + 2, 8 * 30 + 2, 1)


def test_the_best_and_any_kept_checkpoint_can_be_evaluated(copy, capsys):
    [best] = (copy / "best").glob("step-*.index")
    step = best.stem.removeprefix("step-")
    assert f" of step {step} " in evaluate(capsys, *of_run(copy, "--checkpoint=best"))
    assert " of step 2 " in evaluate(capsys, *of_run(copy, "--checkpoint=2"))
    assert "its steps are 2, 4" in refused(capsys, *of_run(copy, "--checkpoint=3"))
    assert "must be last, best or a step" in refused(capsys, *of_run(copy, "--checkpoint=first"))


def test_the_last_weights_are_other_samples_than_the_average(copy, capsys):
    average = evaluate(capsys, *of_run(copy, "--metrics=fd"))
    raw = evaluate(capsys, *of_run(copy, "--metrics=fd", "--raw_weights"))
    assert "last weights" in raw and average.split("\n\n")[1] != raw.split("\n\n")[1]
    assert [r["weights"] for r in records(copy) if r["metric"] == "fd_digits"] == [
        "average",
        "last",
    ]


def test_standing_statistics_are_recorded_with_the_scores_that_they_change(run, tmp_path, capsys):
    own = shutil.copytree(run[0], tmp_path / "run")  # whose model, opened anew, may change
    for more in ([], ["--standing_statistics=2"]):
        evaluate(capsys, *of_run(own, "--metrics=fd", "--truncation=0.5", *more))
    moving, standing = (r for r in records(own) if r["metric"] == "fd_digits")
    assert "standing_statistics" not in moving and standing["standing_statistics"] == 2
    assert moving["truncation"] == standing["truncation"] == 0.5
    assert moving["value"] != standing["value"]


def test_data_that_have_moved_are_named_and_other_data_refused(copy, run, digits, capsys, tmp_path):
    moved = tmp_path / "elsewhere.npz"
    shutil.copy(run[0].parent / "digits.npz", moved)
    evaluate(capsys, *of_run(copy, "--metrics=fd", f"--data=arrays:{moved}"))
    np.savez(moved, data=255 - digits[0], label=digits[1])
    sentence = refused(capsys, *of_run(copy, f"--data=arrays:{moved}"))
    assert "is not what the run was trained on: its content has changed" in sentence


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ([], "Give --workdir for a run, or --real and --fake for two datasets."),
        (["--workdir=a", "--real=b", "--fake=c"], "Give --workdir for a run, or --real and --fake"),
        (["--real=b"], "--real and --fake go together"),
        (
            ["--workdir=a", "--channels=3"],
            "--image_size, --channels and --background are for --real",
        ),
        (["--workdir=/nowhere"], "/nowhere holds no run"),
        (["--real=/nowhere", "--fake=/nowhere"], "there is no such file or folder"),
    ],
    ids=str,
)
def test_requests_that_make_no_sense_get_one_sentence(flags, sentence, capsys):
    assert sentence in refused(capsys, *flags)


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (
            ["--metrics=fid"],
            f"metrics must be one of {len(choices.METRICS)} names; "
            "received 'fid'. Did you mean 'fd'",
        ),
        (["--extractor=digit"], "received 'digit'. Did you mean 'digits'?"),
        (["--extractor=inception"], "inception needs --extractor_weights"),
        (
            ["--extractor=inception", "--extractor_weights=/no.pth"],
            "/no.pth: there is no such file",
        ),
        (["--extractor=", "--metrics=fd"], "The metric fd needs an extractor"),
        (["--metrics=fd,codes"], "The metric codes needs a model whose codes have a prior"),
        (["--count=1"], "--count must be a whole number, at least 2"),
    ],
    ids=str,
)
def test_what_a_run_cannot_be_measured_by_gets_one_sentence(run, flags, sentence, capsys):
    assert sentence in refused(capsys, *of_run(run[0], *flags))


def test_a_weights_file_of_another_network_is_refused(run, tmp_path, capsys):
    import keras

    keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)]).save_weights(
        f"{tmp_path}/other.weights.h5"
    )
    flags = ["--extractor=inception", f"--extractor_weights={tmp_path}/other.weights.h5"]
    sentence = refused(capsys, *of_run(run[0], *flags))
    assert "other.weights.h5 does not hold weights of the network" in sentence


@pytest.mark.parametrize("extractor", ["", "digits"])
def test_images_without_an_extractor_get_told_what_fid_needs(copy, capsys, tmp_path, extractor):
    np.savez(tmp_path / "a.npz", data=np.zeros((20, 28, 28, 1), np.uint8))
    for flags in (
        [f"--real={tmp_path}/a.npz", f"--fake={tmp_path}/a.npz"],
        [f"--workdir={copy}", f"--cache_dir={tmp_path}/cache"],
    ):
        out = evaluate(capsys, *flags, *([f"--extractor={extractor}"] if extractor else []))
        assert ("--extractor=inception and --extractor_weights=" in out) != bool(extractor)
