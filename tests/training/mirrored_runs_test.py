"""`tfgan train` on several devices of one process, and what it refuses."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main


def run(folder, name, *more):
    return main._run([
        "train", f"--data=arrays:{folder}/images.npz", f"--workdir={folder}/{name}", "--steps=6",
        "--batch_size=8", "--set=width=4", "--set=latent_dim=4", "--set=discriminator_steps=2",
        "--log_every=3", "--sample_every=3", "--checkpoint_every=3", "--flip", *more,
    ])  # fmt: skip


def state(workdir):
    """Every value in the last checkpoint of a run."""
    reader = tf.train.load_checkpoint(tf.train.latest_checkpoint(f"{workdir}/checkpoints"))
    return {
        name: reader.get_tensor(name)
        for name in reader.get_variable_to_shape_map()
        if not name.startswith(("_CHECKPOINTABLE_OBJECT_GRAPH", "identity/"))
    }


@pytest.fixture(scope="module")
def alone(folder):
    """The directory of a run on one device, evaluated along the way."""
    assert run(folder, "alone", *EVALUATED) == 0
    return folder / "alone"


EVALUATED = ["--evaluate_every=3", "--evaluate_metrics=swd", "--evaluate_count=100"]


def test_two_devices_make_the_run_of_one(alone, folder, capsys):
    assert run(folder, "together", "--strategy=mirrored", "--devices=2", *EVALUATED) == 0
    assert "to step 6, on 2 devices, in" in capsys.readouterr().out
    wanted, got = state(alone), state(folder / "together")
    assert wanted.keys() == got.keys()
    for name, value in wanted.items():
        np.testing.assert_allclose(got[name], value, atol=1e-5, rtol=1e-5, err_msg=name)
    for one, two in zip(*map(records, (alone, folder / "together")), strict=True):
        assert one.keys() == two.keys()
        # A pixel that rounding moves by 1 of 255 moves a distance a little.
        for name in {"value", "d_loss", "g_loss", "d_real", "kimg"} & one.keys():
            assert one[name] == pytest.approx(two[name], rel=1e-3), name


def records(workdir):
    found = [json.loads(line) for line in (workdir / "metrics.jsonl").open()]
    return [
        {name: value for name, value in record.items() if name != "images_per_second"}
        for record in found
    ]


def test_a_run_on_two_devices_goes_on_with_one(alone, folder):
    assert run(folder, "moved", "--devices=2", "--steps=3") == 0
    assert run(folder, "moved") == 0
    for name, value in state(alone).items():
        np.testing.assert_allclose(
            state(folder / "moved")[name], value, atol=1e-5, rtol=1e-5, err_msg=name
        )


TWO_WORKERS = {"worker": ["127.0.0.1:1", "127.0.0.1:2"]}


def tf_config(cluster, kind, index=0):
    return json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}})


def test_an_evaluator_has_nothing_to_do_and_says_so(folder, monkeypatch, capsys):
    monkeypatch.setenv("TF_CONFIG", tf_config(TWO_WORKERS, "evaluator"))
    assert run(folder, "none") == 0
    assert "with --evaluate_every the chief evaluates" in capsys.readouterr().out
    assert not (folder / "none").exists()


@pytest.mark.parametrize(
    ("config", "arguments", "sentence"),
    [
        ("", ["--devices=2", "--batch_size=9"], "batch_size must be a multiple of the 2 replicas"),
        ("", ["--strategy=mirrored"], "strategy mirrored found no GPU"),
        ("", ["--strategy=multi_worker"], "multi_worker needs TF_CONFIG"),
        ("", ["--strategy=one", "--devices=2"], "devices is for strategy mirrored"),
        ("", ["--strategy=two"], "--strategy must be auto, one, mirrored, multi_worker or tpu"),
        ("{", [], "TF_CONFIG must be JSON such as"),
        (tf_config(TWO_WORKERS, "worker"), ["--strategy=one"], "TF_CONFIG names 2 workers"),
    ],
)
def test_devices_that_cannot_be_had_get_one_sentence_and_leave_no_run(
    folder, monkeypatch, capsys, config, arguments, sentence
):
    monkeypatch.setenv("TF_CONFIG", config)
    assert run(folder, "none", *arguments) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1 and sentence in error
    assert not (folder / "none").exists()
