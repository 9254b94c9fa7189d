"""Latents, from a file to samples, figures, TensorBoard, an exported model and a server."""

import json
import logging

import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tfgan.pipelines import main

from tfgan.serving import served_model

DRAW = np.random.default_rng(0)
FILES = {
    "maps": DRAW.normal(5.0, 100.0, size=(60, 4, 8, 8)).astype(np.float32),
    "rows": (DRAW.normal(size=(60, 3)) * [1.0, 1e3, 1e-2] + [0.0, 4e4, 1.0]).astype(np.float32),
}
RECIPES = {
    "maps": ["--recipe=cgan", "--set=latent_dim=3", "--set=width=4"],
    "rows": ["--recipe=gan", "--set=generator_width=8", "--set=discriminator_width=8"],
}


@pytest.fixture(scope="module", params=FILES)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def trained(kind, tmp_path_factory):
    """(the run, the name of its data), trained, evaluated and exported."""
    folder = tmp_path_factory.mktemp(kind)
    np.savez(folder / "a.npz", data=FILES[kind], label=np.arange(60) % 2)
    run, data = folder / "run", f"arrays:{folder}/a.npz#kind=latents"
    train = ["--steps=2", "--batch_size=8", "--evaluate_every=2"]
    where = [f"--data={data}", f"--workdir={run}"]
    assert main._run(["train", *RECIPES[kind], *train, *where]) == 0
    assert main._run(["evaluate", f"--workdir={run}", "--count=20"]) == 0
    assert main._run(["export", f"--workdir={run}"]) == 0
    return run, data


def sampled(run, tmp_path, *flags):
    assert main._run(["sample", f"--workdir={run}", f"--out={tmp_path}/a.npz", *flags]) == 0
    with np.load(tmp_path / "a.npz") as arrays:
        return arrays["data"]


def test_samples_have_the_form_and_the_units_of_the_file(trained, kind, tmp_path):
    data = sampled(trained[0], tmp_path, "--count=50")
    assert data.dtype == np.float32 and data.shape[1:] == FILES[kind].shape[1:]
    axes = (0, 2, 3) if kind == "maps" else 0
    mean, std = FILES[kind].mean(axis=axes), FILES[kind].std(axis=axes)
    assert (np.abs(data.mean(axis=axes) - mean) < 3 * std).all()  # the network has hardly learned


def test_the_record_holds_what_standardizes(trained, kind):
    spec = json.loads((trained[0] / "recipe.json").read_text())["spec"]
    channels = FILES[kind].shape[1]
    assert spec["kind"] == "latents" and len(spec["mean"]) == len(spec["std"]) == channels
    assert spec["channels_first"] == (kind == "maps")
    assert spec["shape"] == ([8, 8, 4] if kind == "maps" else [3])


def test_the_same_command_resumes(trained, kind):
    run, data = trained
    again = ["train", f"--workdir={run}", f"--data={data}", "--steps=3"]
    assert main._run([*again, "--sample_every=0", "--checkpoint_every=9"]) == 0
    assert (run / "samples" / "step-00000003.png").exists()
    assert main._run(["train", f"--workdir={run}", f"--data={data.partition('#')[0]}"]) == 2


def test_pictures_are_heat_maps_and_the_programs_say_so(trained, kind, tmp_path, caplog):
    with caplog.at_level(logging.INFO, logger="tfgan"):
        assert main._run(["train", *RECIPES[kind], f"--data={trained[1]}",
                          f"--workdir={tmp_path}", "--steps=1", "--batch_size=8"]) == 0  # fmt: skip
    said = "\n".join(caplog.messages)
    assert "is read with kind latents" in said and "heat maps" in said
    assert f"channels {'first' if kind == 'maps' else 'last'}, standardized by channel." in said
    shown = tf.io.decode_png((trained[0] / "samples" / "step-00000002.png").read_bytes())
    assert shown.shape[2] == 1
    card = (trained[0] / "export" / "1" / "model_card.md").read_text()
    assert "Makes latents of" in card and "heat maps" in card


def test_tensorboard_shows_heat_maps_and_distributions(trained):
    events = EventAccumulator(str(trained[0] / "logs"), size_guidance={"tensors": 0}).Reload()
    tags = events.Tags()["tensors"]
    assert {"samples", "samples/channel_0", "samples/channel_2"} <= set(tags)


def test_figures_are_distances_of_the_standardized_arrays(trained):
    run, _ = trained
    records = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    names = {record["metric"] for record in records}
    assert {"fd_latents", "kd_latents", "precision", "coverage"} <= names
    [first, *_] = [record for record in records if record["metric"] == "fd_latents"]
    assert first["extractor"]["name"] == "latents" and len(first["extractor"]["sha256"]) == 64
    assert np.isfinite(first["floor"]["value"])
    assert list((run / "evaluation").glob("*-neighbours.png"))


def test_a_file_of_samples_is_compared_with_the_data(trained, tmp_path, capsys):
    run, data = trained
    sampled(run, tmp_path, "--count=40")
    fake = f"arrays:{tmp_path}/a.npz#kind=latents"
    assert main._run(["evaluate", f"--real={data}", f"--fake={fake}"]) == 0
    assert "fd_latents" in capsys.readouterr().out
    assert main._run(["evaluate", f"--real={data}", f"--fake={data}", "--metrics=fd"]) == 0
    assert main._run(["evaluate", f"--real={data}", f"--fake={data}", "--metrics=swd"]) == 2
    assert "The metric swd is for images" in capsys.readouterr().err


def test_the_exported_model_makes_the_samples_and_their_heat_maps(trained, kind, tmp_path):
    run, _ = trained
    version = max((run / "export").iterdir())
    signature = tf.saved_model.load(str(version)).signatures["serving_default"]
    inputs = signature.structured_input_signature[1]
    rows = {name: tf.zeros([1], spec.dtype) for name, spec in inputs.items()}
    label = ["--label=0"] if "label" in inputs else []
    made = signature(**rows)
    wanted = sampled(run, tmp_path, "--count=1", "--checkpoint=2", *label)
    assert made["array"].dtype == tf.float32
    np.testing.assert_allclose(made["array"], wanted, rtol=1e-5)
    assert tf.io.decode_png(made["png_bytes"][0]).shape == ((8, 32, 1) if label else (1, 3, 1))


def test_the_exported_discriminator_takes_arrays_in_the_units_of_the_file(trained, kind):
    loaded = tf.saved_model.load(f"{trained[0]}/export/1").signatures["discriminate"]
    label = {"label": tf.zeros([2], tf.int32)} if kind == "maps" else {}
    logits = loaded(array=tf.constant(FILES[kind][:2]), **label)["logits"]
    assert np.isfinite(logits).all() and np.abs(logits).max() < 1e3  # not of raw 40,000


def test_a_server_takes_the_exported_model(trained, kind):
    model = served_model.load(f"{trained[0]}/export/1", 1)
    assert model.metadata["shape"] == ([8, 8, 4] if kind == "maps" else [3])
    assert "array" in model.signatures["serving_default"].outputs


def test_other_files_of_samples_are_refused(trained, tmp_path, capsys):
    for out in ("a.txt", "a.zip", "folder"):
        assert main._run(["sample", f"--workdir={trained[0]}", f"--out={tmp_path}/{out}"]) == 2
        assert "for samples that are latents; received" in capsys.readouterr().err
    assert main._run(["sample", f"--workdir={trained[0]}", f"--out={tmp_path}/a.png"]) == 0


def test_a_prepared_set_trains(trained, kind, tmp_path):
    assert main._run(["prepare", f"--data={trained[1]}", f"--out={tmp_path}/set"]) == 0
    train = [*RECIPES[kind], "--steps=1", "--batch_size=8", f"--data=tfrecord:{tmp_path}/set"]
    assert main._run(["train", *train, f"--workdir={tmp_path}/run"]) == 0
    specs = [
        json.loads((run / "recipe.json").read_text())["spec"]
        for run in (trained[0], tmp_path / "run")
    ]
    assert specs[0] == specs[1]


@pytest.mark.parametrize("recipe", ["vae", "pixelcnn", "text_wgan_gp", "vgan"])
def test_recipes_for_other_data_refuse_latents(recipe, tmp_path, capsys):
    np.save(tmp_path / "a.npy", np.zeros((20, 8, 8, 1), np.float32))
    data = f"--data=arrays:{tmp_path}/a.npy#kind=latents"
    assert main._run(["train", f"--recipe={recipe}", data, f"--workdir={tmp_path}/run"]) == 2
    assert "not for latents" in (said := capsys.readouterr().err) or "makes" in said
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("array", "choice", "sentence"),
    [
        (np.full((20, 4, 8, 8), 7.5), "", "numeric arrays other than pixels are #kind=latents"),
        (np.zeros((20, 4, 4, 4)), "#kind=latents", "add #kind=latents,layout=hwc or"),
        (np.zeros((20, 3)), "#kind=latent", "received 'latent'. Did you mean 'latents'"),
        (np.zeros((20, 3)), "#kind=latents,range=0..1", "range is for images and videos"),
        (np.full((20, 3), np.nan), "#kind=latents", "row 0 holds a number that is not finite"),
        (np.full((20, 3), 2**25 + 1), "#kind=latents", "whole numbers beyond 16,777,216"),
        (np.zeros((20, 3), complex), "#kind=latents", "must hold numbers; received complex128"),
        (np.zeros((20, 8, 8, 3), np.uint8), "#kind=videos", "holds images; received kind=videos"),
        (np.zeros((20, 3)), "#kind=texts", "texts are read by text:FILE"),
    ],
)
def test_other_arrays_are_refused_in_one_sentence(array, choice, sentence, tmp_path, capsys):
    np.save(tmp_path / "a.npy", array)
    data = f"--data=arrays:{tmp_path}/a.npy{choice}"
    assert main._run(["train", "--recipe=mixture", data, f"--workdir={tmp_path}/run"]) == 2
    said = capsys.readouterr().err
    assert sentence in said and "Traceback" not in said
