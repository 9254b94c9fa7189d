"""Every kind of data through every command: each does its work, or refuses in one sentence."""

import functools
import zipfile

import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tfgan.pipelines import main

from tfgan import images, runs

from .runs_of_kinds import KINDS, LINES, RunOfKind

PICTURES = {"a.png": True, "a.jpg": True, "a.npz": True, "a.txt": False, "a.mp4": False}
SINGLE = PICTURES | {"a.zip": True, "folder": True}
OF_POINTS = PICTURES | {"a.zip": False, "folder": False}
OF_TEXTS = dict.fromkeys(SINGLE, False) | {"a.txt": True, "a.npz": True}
# Other kinds of the list cover these.
SLOW = (
    "gray images", "color images", "binary images", "points of 1 dimension",
    "points of 2 dimensions",
)  # fmt: skip


@pytest.fixture(scope="module")
def run_of(tmp_path_factory):
    """Function: the `RunOfKind` of a kind, made once."""
    return functools.cache(
        lambda kind: RunOfKind(kind, tmp_path_factory.mktemp(kind.replace(" ", "_")))
    )


@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=pytest.mark.slow) if k in SLOW else k for k in KINDS]
)
def test_each_command_does_its_work_or_refuses_in_one_sentence(
    kind, run_of, tmp_path, capsys, monkeypatch, open_once
):
    run = run_of(kind)
    assert "at step 1" in run.said and "Records:" in run.said
    workdir, data = f"--workdir={run.path}", f"--data={run.data}"
    monkeypatch.setattr(runs.loading, "open_model", open_once)  # the run stays as it is now

    def works(*arguments):
        code = main._run([*map(str, arguments)])
        assert code == 0, capsys.readouterr().err

    def refused(*arguments):
        capsys.readouterr()
        assert main._run([*map(str, arguments)]) == 2
        sentences = [
            line for line in capsys.readouterr().err.splitlines() if not line.startswith("INFO: ")
        ]
        assert len(sentences) == 1 and sentences[0].startswith(f"tfgan {arguments[0]}: ")

    forms = OF_TEXTS if kind == "texts" else OF_POINTS if "points" in kind else SINGLE
    for name, can_be in forms.items():
        out = tmp_path / "samples" / name
        (works if can_be else refused)("sample", workdir, f"--out={out}", "--count=5")
        assert out.exists() == can_be
    if forms["a.zip"]:
        with zipfile.ZipFile(tmp_path / "samples" / "a.zip") as archive:
            assert len([name for name in archive.namelist() if name.endswith(".png")]) == 5
    works("sample", workdir)
    works("prepare", data, f"--out={tmp_path}/prepared")
    works("evaluate", f"--real={run.data}", f"--fake={run.data}", "--count=20")


@pytest.mark.parametrize("dimensions", [1, 3])
def test_points_of_any_dimension_are_sampled_shown_and_exported(run_of, tmp_path, dimensions):
    run = run_of(f"points of {dimensions} dimension{'s' * (dimensions > 1)}")
    notes = [line for line in run.said.splitlines() if "coordinates" in line]
    expected = "Pictures of samples show the first two of their 3 coordinates."
    assert all(expected in line for line in notes) and bool(notes) == (dimensions == 3)
    assert (run.path / "samples" / "step-00000002.png").exists()
    sample(run.path, tmp_path / "a.npz", "--count=5")
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["data"].shape == (5, dimensions)
    assert (run.path / "export" / "1" / "samples.png").exists()
    assert [value.shape for value in served(run.path, 0).values()] == [(1, dimensions)]


@pytest.fixture
def texts(run_of):
    return run_of("texts").path


@pytest.fixture
def videos(run_of):
    return run_of("videos").path


def sample(run, out, *more):
    assert main._run(["sample", f"--workdir={run}", f"--out={out}", *more]) == 0


def test_latents_of_texts_are_walked_in_without_pictures(texts, tmp_path, capsys):
    few = {
        "interpolate": ["--between=0,1", "--steps=3"],
        "arithmetic": ["--add=0", "--subtract=1"],
        "directions": ["--count=1", "--steps=3"],
    }
    for verb, arguments in few.items():
        command = [verb, f"--workdir={texts}", *arguments]
        assert main._run([*command, f"--out={tmp_path}/a.png"]) == 2
        assert "--out must end with .npz for texts" in capsys.readouterr().err
        assert main._run([*command, f"--out={tmp_path}/{verb}.npz"]) == 0
        output = capsys.readouterr().out
        assert ("Smoothness: not measured: texts are not vectors" in output) == (
            verb == "interpolate"
        )
    with np.load(tmp_path / "interpolate.npz") as content:
        assert content["data"].shape[:2] == (1, 3) and content["data"].dtype == np.int32
    for out in ("a.png", "b.npz"):
        project = ["project", f"--workdir={texts}", "--image=a.png", f"--out={tmp_path}/{out}"]
        assert main._run(project) == 2
        sentence = "Images are projected into models of images; this one makes texts."
        assert sentence in capsys.readouterr().err
    assert {path.stem for path in tmp_path.iterdir()} == set(few)


def served(run, seed):
    """What the exported model makes of a seed."""
    signature = tf.saved_model.load(f"{run}/export/1").signatures["serving_default"]
    names = signature.structured_input_signature[1]
    cut = {"truncation": tf.zeros([1])} if "truncation" in names else {}
    return signature(seed=tf.constant([seed], tf.int64), **cut)


def metrics_of(run):
    return (run / "metrics.jsonl").read_text()


def test_texts_are_sampled_as_lines_of_known_characters(texts, tmp_path):
    sample(texts, tmp_path / "a.txt", "--count=20", "--seed=3")
    lines = (tmp_path / "a.txt").read_text().split("\n")[:-1]
    assert len(lines) == 20 and set("".join(lines)) <= set(" .!ab")
    assert all(len(line) <= max(map(len, LINES)) for line in lines)
    sample(texts, "", "--count=20", "--seed=3")
    assert (texts / "samples" / "seed-3.txt").read_text() == (tmp_path / "a.txt").read_text()


def test_texts_are_written_while_training_and_in_the_export(texts):
    written = (texts / "samples" / "step-00000002.txt").read_text()
    assert written.count("\n") == 64
    assert (texts / "export" / "1" / "samples.txt").read_text() == written
    card = (texts / "export" / "1" / "model_card.md").read_text()
    assert "[samples](samples.txt)" in card and "texts of up to 8 characters" in card


def test_tensorboard_shows_the_texts_as_they_are(texts):
    written = (texts / "samples" / "step-00000002.txt").read_text().splitlines()
    events = EventAccumulator(str(texts / "logs"), size_guidance={"tensors": 0}).Reload()
    [*_, last] = events.Tensors("samples")
    [shown] = tf.make_ndarray(last.tensor_proto).ravel()
    assert shown.decode().split("\n") == [f"    {line}" for line in written]


def test_an_exported_model_makes_the_texts(texts, tmp_path):
    sample(texts, tmp_path / "a.txt", "--count=1", "--seed=5")
    made = served(texts, 5)
    assert made["text"][0].numpy().decode() == (tmp_path / "a.txt").read_text()[:-1]
    sample(texts, tmp_path / "a.npz", "--count=1", "--seed=5")
    with np.load(tmp_path / "a.npz") as file:
        np.testing.assert_array_equal(made["symbols"], file["data"])


def test_texts_are_measured_by_their_ngrams(texts):
    assert all(f'"js_{n}"' in metrics_of(texts) for n in (1, 2, 3, 4))
    assert '"unique"' in metrics_of(texts)


def test_videos_are_sampled_as_strips_of_frames(videos, tmp_path):
    sample(videos, tmp_path / "a.npz", "--count=3")
    with np.load(tmp_path / "a.npz") as file:
        data = file["data"]
    assert data.shape == (3, 2, 8, 8, 1) and data.dtype == np.uint8
    sample(videos, tmp_path / "a.png", "--count=3")
    picture = tf.io.decode_png((tmp_path / "a.png").read_bytes())
    np.testing.assert_array_equal(picture, images.grid(data.reshape(6, 8, 8, 1), columns=2))
    sample(videos, tmp_path / "strips", "--count=3")
    strip = tf.io.decode_png((tmp_path / "strips" / "000002.png").read_bytes())
    np.testing.assert_array_equal(strip, np.concatenate(list(data[2]), axis=1))


def test_an_exported_model_makes_the_videos(videos, tmp_path):
    sample(videos, tmp_path / "a.npz", "--count=1", "--seed=5")
    made = served(videos, 5)
    with np.load(tmp_path / "a.npz") as file:
        np.testing.assert_array_equal(made["video"], file["data"])
    strip = tf.io.decode_png(made["png_bytes"][0])
    np.testing.assert_array_equal(strip, np.concatenate(list(made["video"][0].numpy()), axis=1))


def test_videos_are_measured_by_frames_and_changes(videos):
    assert all(f'"{name}"' in metrics_of(videos) for name in ("fd_changes", "fd_frames"))


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        (
            "sample",
            ["--out=a.png"],
            "FILE.txt (one text per line) or FILE.npz (arrays)",
        ),
        ("sample", ["--out=folder"], "for samples that are texts; received folder"),
        ("evaluate", ["--metrics=swd"], "The metric swd is for images; text:"),
        ("evaluate", ["--metrics=motion"], "The metric motion is for videos; text:"),
        ("evaluate", ["--metrics=fd"], "needs an extractor"),
        ("evaluate", ["--metrics=grammar"], "is for toy:sentences and toy:paragraphs only"),
    ],
)
def test_what_texts_have_not_is_refused(texts, capsys, command, arguments, sentence):
    assert main._run([command, f"--workdir={texts}", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_of_texts_is_for_texts(videos, capsys, tmp_path):
    assert main._run(["sample", f"--workdir={videos}", f"--out={tmp_path}/a.txt"]) == 2
    assert "for samples that are videos; received" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        ("dcgan", "dcgan makes images of shape"),
        ("sngan", "resnet makes images of shape"),
        ("made", "models binary pixels of one channel"),
    ],
)
def test_recipes_for_other_data_refuse_texts(texts, capsys, tmp_path, recipe, sentence):
    data = f"--data=text:{texts.parent}/lines.txt"
    train = ["train", f"--recipe={recipe}", data, f"--workdir={tmp_path}/run", "--batch_size=4"]
    assert main._run(train) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
