"""`tfgan prepare --data=... --out=...` in the words that a user sees."""

import json

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main, progress

from tfgan import files
from tfgan.data import open_source
from tfgan.data.sources import prepared


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for index in range(30):
        (folder / "ab"[index % 2]).mkdir(parents=True, exist_ok=True)
        image = tf.io.encode_png(np.full((6, 8, 3), index, np.uint8)).numpy()
        (folder / "ab"[index % 2] / f"{index:02d}.png").write_bytes(image)
    return folder


def prepare(*flags):
    return main._run(["prepare", *flags])


def test_a_folder_becomes_a_set_that_training_reads(photos, tmp_path, capsys):
    out = f"{tmp_path}/set"
    assert prepare(f"--data=images:{photos}", "--image_size=4", f"--out={out}/") == 0
    said = capsys.readouterr().out
    assert "27 images of 4x4x3 in 2 classes to train on, 3 held out, 2 files" in said
    assert f"Next: tfgan train --data=tfrecord:{out}" in said
    made, source = (
        open_source(f"tfrecord:{out}"),
        open_source(f"images:{photos}", image_size=(4, 4)),
    )
    assert made.spec == source.spec
    for one, other in zip(made.batches(9, seed=0).take(6), source.batches(9, seed=0), strict=False):
        np.testing.assert_array_equal(one["data"], other["data"])
        np.testing.assert_array_equal(one["label"], other["label"])


def test_pairs_become_a_set_that_gives_the_same_batches(photos, tmp_path, capsys):
    assert prepare(f"--data=edges:images:{photos}", f"--out={tmp_path}/set") == 0
    said = capsys.readouterr().out
    assert "27 images of 6x8x3 with a source of 6x8x1 in 2 classes to train on, 3 held out" in said
    sources = open_source(f"tfrecord:{tmp_path}/set"), open_source(f"edges:images:{photos}")
    one, other = (next(iter(source.batches(9, seed=1))) for source in sources)
    for name in ("data", "source", "label"):
        np.testing.assert_array_equal(one[name], other[name])


def test_unpaired_domains_are_refused(photos, tmp_path, capsys):
    assert prepare(f"--data=unpaired:{photos}", f"--out={tmp_path}/set") == 2
    assert "has two unpaired domains" in capsys.readouterr().err


def test_a_finished_set_says_so_and_can_be_checked_alone(photos, tmp_path, capsys):
    command = [f"--data=images:{photos}", f"--out={tmp_path}/set"]
    assert prepare(*command) == prepare(*command) == 0
    assert "set is finished already: all 2 files match their checksums" in capsys.readouterr().out
    assert prepare(f"--out={tmp_path}/set") == 0
    assert "set is complete: all 2 files match their checksums" in capsys.readouterr().out
    (tmp_path / "set" / "held_out-00000-of-00001.tfrecord").unlink()
    assert prepare(f"--out={tmp_path}/set") == 1
    assert "1 of 2 files are damaged or missing, such as held_out" in capsys.readouterr().err
    assert prepare(*command) == 0
    assert "1 of 2 files existed already" in capsys.readouterr().out


def test_a_folder_that_another_command_writes_is_refused_and_may_be_checked(
    photos, tmp_path, capsys
):
    command = [f"--data=images:{photos}", f"--out={tmp_path}/set"]
    assert prepare(*command) == 0
    with files.locked(f"{tmp_path}/set", "tfgan prepare"):
        assert prepare(*command) == 1
        [refusal] = [
            line for line in capsys.readouterr().err.splitlines() if line.startswith("tfgan")
        ]
        assert "is in use by tfgan prepare, process" in refusal
        assert prepare(f"--out={tmp_path}/set") == 0


def test_an_interrupted_command_says_what_is_kept(photos, tmp_path, capsys, monkeypatch):
    def interrupt(progress, done, total):
        if done >= 27:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(progress.Progress, "__call__", interrupt)
        assert prepare(f"--data=images:{photos}", f"--out={tmp_path}/set") == 130
    said = capsys.readouterr().err
    assert "27 of 30 images are prepared and kept; repeating the command resumes it." in said
    assert main._run(["train", f"--data=tfrecord:{tmp_path}/set"]) == 2
    assert "is not finished" in capsys.readouterr().err
    assert prepare(f"--data=images:{photos}", f"--out={tmp_path}/set") == 0


def test_broken_files_are_refused_or_left_out(photos, tmp_path, capsys):
    broken = photos / "a" / "04.png"
    broken.write_bytes(broken.read_bytes()[:-20])  # its header is whole, so the set is begun
    command = [f"--data=images:{photos}", f"--out={tmp_path}/set"]
    assert prepare(*command) == 2
    assert "1 of 30 files cannot be decoded: a/04.png (" in capsys.readouterr().err
    assert prepare(*command, "--skip_broken") == 2  # what was begun without it
    assert "left_out was 0, and is 1" in capsys.readouterr().err
    assert prepare(command[0], f"--out={tmp_path}/other", "--skip_broken") == 0
    assert "27 images of 6x8x3 in 2 classes to train on, 2 held out" in capsys.readouterr().out
    content = json.loads((tmp_path / "other" / "index.json").read_text())
    assert content["made_from"]["left_out"] == 1


def test_other_options_in_the_same_folder_are_refused(photos, tmp_path, capsys):
    command = [f"--data=images:{photos}", f"--out={tmp_path}/set"]
    assert prepare(*command) == 0
    assert prepare(*command, "--image_size=4", "--crop=stretch") == 2
    said = capsys.readouterr().err
    assert "image_size was None, and is [4, 4]; crop was None, and is stretch" in said


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ([], "--data names the images and --out the folder for them"),
        (["--data=mnist5k"], "--data names the images and --out the folder for them"),
        (
            ["--data=nothing", "--out=a"],
            "received 'nothing'. The forms are mnist5k, tfds:",
        ),
        (["--data=mnist5k", "--out=a", "--image_size=big"], "--image_size takes 32 or 48x64"),
    ],
)
def test_bad_flags_get_one_sentence(flags, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert prepare(*flags) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_full_disk_gets_one_sentence(photos, tmp_path, capsys, monkeypatch):
    def full(*arguments, **options):
        raise tf.errors.ResourceExhaustedError(None, None, "No space left on device")

    monkeypatch.setattr(prepared, "write", full)
    assert prepare(f"--data=images:{photos}", f"--out={tmp_path}/set") == 1
    assert "set cannot be written: No space left on device" in capsys.readouterr().err


def test_damage_in_the_middle_of_a_run_gets_one_sentence(photos, tmp_path, capsys):
    assert prepare(f"--data=images:{photos}", "--image_size=8", f"--out={tmp_path}/set") == 0
    path = tmp_path / "set" / "train-00000-of-00001.tfrecord"
    path.write_bytes(bytes(path.stat().st_size))
    flags = [f"--data=tfrecord:{tmp_path}/set", f"--workdir={tmp_path}/run", "--steps=2"]
    assert main._run(["train", *flags, "--set", "batch_size=4"]) == 1
    said = capsys.readouterr().err
    assert "Reading the data failed: train-00000-of-00001.tfrecord is damaged at" in said
    assert "Traceback" not in said


def test_a_preview_shows_images_without_and_with_an_augmentation(photos, tmp_path, capsys):
    path = f"{tmp_path}/views.png"
    flags = [f"--data=images:{photos}", "--augment=ada:color,p=0.5", f"--preview={path}"]
    assert prepare(*flags) == 0
    assert f"{path}: 10 images, and below each 4 views with p=0.5." in capsys.readouterr().out
    picture = tf.io.decode_png(tf.io.read_file(path)).numpy()
    # Ten columns and five rows of 6 x 8 pixels with gaps of 2.
    assert picture.shape == (5 * (6 + 2) + 2, 10 * (8 + 2) + 2, 3)
    first = next(open_source(f"images:{photos}").examples(batch_size=10))["data"]
    np.testing.assert_array_equal(picture[2:8, 2:10], first[0])
    assert np.abs(picture[10:16].astype(int) - picture[2:8]).max() > 10


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--preview=views.png"], "--preview=FILE.png needs --data"),
        (["--data=toy:ring", "--preview=views.png"], "diffaugment changes images"),
        (["--data=mnist5k", "--augment=blur", "--preview=a.png"], "augment must be none, diffau"),
        (["--data=mnist5k", "--augment=none", "--preview=a.png"], "augment must change images"),
        (["--data=mnist5k", "--augment=ada", "--out=a"], "--augment is for --preview alone"),
    ],
)
def test_a_preview_of_what_has_none_is_refused_in_one_sentence(flags, sentence, capsys):
    assert prepare(*flags) == 2
    assert sentence in capsys.readouterr().err
