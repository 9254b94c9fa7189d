"""`tfgan export` from a run directory alone, wherever it is."""

import io
import json
import sys

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import files, images
from tfgan.models import GenerativeModel


def names(directory):
    return sorted(name.rstrip("/") for name in tf.io.gfile.listdir(directory))


def read(path):
    with tf.io.gfile.GFile(path, "rb") as file:
        return file.read()


@pytest.fixture(scope="module")
def remote(tmp_path_factory):
    """A run that was trained, evaluated, sampled and exported without a local file."""
    folder = f"ram://{tmp_path_factory.mktemp('remote')}"
    buffer = io.BytesIO()
    data = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8)
    np.savez(buffer, data=data, label=np.arange(60) % 3)
    tf.io.gfile.makedirs(folder)
    with tf.io.gfile.GFile(f"{folder}/images.npz", "wb") as file:
        file.write(buffer.getvalue())
    run = f"{folder}/run"
    train = ["--recipe=cgan", f"--data=arrays:{folder}/images.npz", "--steps=3", "--batch_size=8"]
    sizes = ["--set=width=4", "--set=latent_dim=4"]
    assert main._run(["train", f"--workdir={run}", *train, *sizes]) == 0
    assert main._run(["evaluate", f"--workdir={run}", "--metrics=swd", "--count=30"]) == 0
    assert main._run(["sample", f"--workdir={run}", "--count=1", f"--out={run}/a.npz"]) == 0
    assert main._run(["export", f"--workdir={run}"]) == 0
    return run


def test_a_model_that_would_make_other_samples_is_a_failure_and_is_not_published(
    remote, monkeypatch, capsys
):
    before = names(f"{remote}/export")
    sample = GenerativeModel.sample

    def of_the_next_seed(model, count, *, seed=0, **more):
        return sample(model, count, seed=seed + 1, **more)

    monkeypatch.setattr(GenerativeModel, "sample", of_the_next_seed)
    assert main._run(["export", f"--workdir={remote}"]) == 1
    assert "nothing was published" in capsys.readouterr().err
    assert names(f"{remote}/export") == before


def test_a_whole_run_lives_on_a_remote_file_system(remote):
    assert {"checkpoints", "export", "logs", "metrics.jsonl", "recipe.json", "samples"} <= set(
        names(remote)
    )
    figures = [json.loads(line) for line in read(f"{remote}/metrics.jsonl").splitlines()]
    [swd] = [record for record in figures if record.get("metric") == "swd"]
    assert names(f"{remote}/export") == ["1"]
    with np.load(io.BytesIO(read(f"{remote}/a.npz"))) as file:
        sample = file["data"]
    signature = tf.saved_model.load(f"{remote}/export/1").signatures["serving_default"]
    cut = tf.zeros([1]) if "truncation" in signature.structured_input_signature[1] else None
    arguments = {"seed": tf.constant([0], tf.int64), "label": tf.constant([-1])}
    outputs = signature(**arguments, **({} if cut is None else {"truncation": cut}))
    np.testing.assert_array_equal(outputs["image"], sample)
    card = read(f"{remote}/export/1/model_card.md").decode()
    [line] = [line for line in card.splitlines() if line.startswith("| `swd`")]
    assert f"{swd['value']:.4g} | {swd['n_fake']} | {swd['n_real']} |" in line
    picture = tf.io.decode_png(read(f"{remote}/export/1/samples.png"))
    assert picture.shape == images.grid(np.zeros((64, 8, 8, 1))).shape


def test_points_are_exported_as_points(tmp_path):
    run = tmp_path / "points"
    settings = ["--set=width=8", "--set=depth=1", "--batch_size=8", "--steps=3"]
    settings += ["--jit_compile=off"]  # to compile takes longer than to train
    assert main._run(["train", "--recipe=mixture", f"--workdir={run}", *settings]) == 0
    assert main._run(["sample", f"--workdir={run}", "--count=1", f"--out={run}/a.npz"]) == 0
    assert main._run(["export", f"--workdir={run}", f"--out={tmp_path}/out"]) == 0
    loaded = tf.saved_model.load(f"{tmp_path}/out/1")
    signature = loaded.signatures["serving_default"]
    names = signature.structured_input_signature[1]
    cut = {"truncation": tf.zeros([1])} if "truncation" in names else {}
    outputs = signature(seed=tf.constant([0], tf.int64), **cut)
    with np.load(f"{run}/a.npz") as file:
        np.testing.assert_allclose(outputs["point"], file["data"], rtol=1e-6)
    logits = loaded.signatures["discriminate"](point=tf.zeros([3, 2]))["logits"]
    assert logits.shape == (3,) and np.ptp(logits) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--workdir="], "--workdir must name the directory of a run"),
        (["--workdir=/nowhere"], "/nowhere holds no run"),
        (["--format=pickle"], "--format must be saved_model, keras, litert or onnx"),
        (["--checkpoint=best"], "has no best checkpoint"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(remote, capsys, arguments, sentence):
    assert main._run(["export", f"--workdir={remote}", *arguments]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1 and sentence in err


def test_of_two_exports_into_one_folder_the_second_ends_with_one_sentence(remote, tmp_path, capsys):
    with files.locked(f"{tmp_path}/out", "tfgan export"):
        assert main._run(["export", f"--workdir={remote}", f"--out={tmp_path}/out"]) == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1 and "out is in use by tfgan export, process" in error


@pytest.mark.parametrize(
    ("kind", "module", "extra"),
    [("litert", "ai_edge_litert.interpreter", "litert"), ("onnx", "tf2onnx", "onnx")],
)
def test_a_missing_package_gets_the_command_that_installs_it(
    remote, capsys, monkeypatch, kind, module, extra
):
    monkeypatch.setitem(sys.modules, module, None)
    assert main._run(["export", f"--workdir={remote}", f"--format={kind}"]) == 2
    assert f"pip install 'tfgan[{extra}]'" in capsys.readouterr().err
