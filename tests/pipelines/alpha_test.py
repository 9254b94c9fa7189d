"""Images with alpha through all programs: on a background, or with their alpha."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """A folder of discs whose surroundings are transparent and green."""
    folder = tmp_path_factory.mktemp("photos")
    rows, columns = np.mgrid[:16, :16]
    for index in range(24):
        is_disc = (rows - 8) ** 2 + (columns - 4 - index % 8) ** 2 < 16
        image = np.where(is_disc[..., None], (200, 50, 10 * index, 255), (0, 255, 0, 0))
        tf.io.write_file(f"{folder}/{index}.png", tf.io.encode_png(image.astype(np.uint8)))
    return folder


def run(*arguments):
    assert main._run([str(argument) for argument in arguments]) == 0


@pytest.fixture(scope="module")
def trained(photos, tmp_path_factory):
    """A run on images with their alpha."""
    workdir = tmp_path_factory.mktemp("runs") / "run"
    flags = ["--recipe=dcgan", "--width=4", "--batch_size=8", "--steps=1", "--channels=4"]
    run("train", f"--data=images:{photos}", f"--workdir={workdir}", *flags)
    return workdir


def test_a_run_with_alpha_makes_samples_with_alpha(trained, tmp_path):
    record = json.loads((trained / "recipe.json").read_text())
    assert record["spec"]["shape"] == [16, 16, 4] and "decided" not in record["data"]
    run("sample", f"--workdir={trained}", "--count=3", "--seed=1", f"--out={tmp_path}/a.png")
    for path in (tmp_path / "a.png", trained / "samples" / "step-00000001.png"):
        assert tf.io.decode_png(path.read_bytes()).shape[-1] == 4


def test_a_run_with_alpha_is_evaluated_and_exported(trained, capsys):
    run("evaluate", f"--workdir={trained}", "--count=16", "--metrics=swd")
    assert "swd" in capsys.readouterr().out
    run("export", f"--workdir={trained}")
    loaded = tf.saved_model.load(f"{trained}/export/1")
    found = loaded.signatures["serving_default"](
        seed=tf.constant([1], tf.int64), truncation=tf.constant([0.0])
    )
    assert found["image"].shape == (1, 16, 16, 4)
    assert tf.io.decode_png(found["png_bytes"][0]).shape == (16, 16, 4)


def test_without_it_hidden_colors_are_not_seen_and_the_background_is_recorded(photos, tmp_path):
    flags = ["--recipe=dcgan", "--width=4", "--batch_size=8", "--steps=1", "--background=black"]
    run("train", f"--data=images:{photos}", f"--workdir={tmp_path}/run", *flags)
    record = json.loads((tmp_path / "run" / "recipe.json").read_text())
    assert record["data"]["background"] == [0, 0, 0]
    assert record["data"]["decided"]["alpha"] == "24 with alpha, on black (--background)"
    flags = ["--background=0,0,255", f"--out={tmp_path}/prepared", "--image_size=8"]
    run("prepare", f"--data=images:{photos}", *flags)
    index = json.loads((tmp_path / "prepared" / "index.json").read_text())
    assert index["made_from"]["decided"]["alpha"] == "24 with alpha, on 0,0,255 (--background)"


def test_a_run_does_not_go_on_with_another_background(photos, tmp_path, capsys):
    flags = ["--recipe=dcgan", "--width=4", "--batch_size=8", f"--workdir={tmp_path}/run"]
    run("train", f"--data=images:{photos}", "--steps=1", *flags)
    assert main._run(["train", f"--data=images:{photos}", "--background=black", *flags]) != 0
    assert "background" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        (
            "--background=7,300,2",
            "--background takes white, black or red, green and blue in 0..255",
        ),
        ("--background=mauve", "such as 0,128,255; received 'mauve'"),
        ("--memory=12", "memory must be a number with a unit, such as 2GB or 512MB; received '12'"),
        ("--memory=0GB", "received '0GB'"),
    ],
)
def test_other_values_are_refused_before_any_data_is_read(tmp_path, capsys, flag, sentence):
    for program in (["train"], ["prepare", f"--out={tmp_path}/p"]):
        assert main._run([*program, f"--data=images:{tmp_path}/none", flag]) == 2
        assert sentence in capsys.readouterr().err


def test_an_image_that_is_too_large_for_memory_is_one_sentence(tmp_path, capsys):
    flat = tf.io.encode_jpeg(np.zeros((900, 900, 3), np.uint8))
    tf.io.write_file(f"{tmp_path}/photos/a.jpg", flat)
    flags = [f"--out={tmp_path}/p", "--image_size=8", "--memory=1MB"]
    assert main._run(["prepare", f"--data=images:{tmp_path}/photos", *flags]) == 2
    sentence = "a.jpg (its 900 x 900 pixels need 2.4 MiB of memory, of which 512.0 KiB may be taken"
    assert sentence in capsys.readouterr().err
