"""`tfgan compare` from flags to its reports, and what it refuses."""

import contextlib
import io
import json
import re

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """(directory, standard output, standard error) of VAE and GAN on small images."""
    folder = tmp_path_factory.mktemp("compare")
    random = np.random.default_rng(0)
    label = np.arange(300) % 3
    images = random.integers(0, 80, (300, 8, 8, 1), np.uint8)
    images[np.arange(300), label * 2] += 150  # a bright row for each label
    np.savez(folder / "images.npz", data=images, label=label)
    out, printed, progress = folder / "out", io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(progress):
        code = main._run([
            "compare", f"--data=arrays:{folder / 'images.npz'}", "--extractor=digits",
            "--families=vae,gan", "--budget=300", "--count=20", f"--out={out}",
        ])  # fmt: skip
    assert code == 0, progress.getvalue()
    return out, printed.getvalue(), progress.getvalue()


def refused(capsys, *argv):
    """The sentence and exit code of a command that is refused."""
    code = main._run(["compare", *argv])
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1, err
    return code, err


def report(compared):
    return json.loads((compared[0] / "comparison.json").read_text())


def test_reports_and_a_picture_a_family_are_left_behind(compared):
    assert {path.name for path in compared[0].iterdir()} == {
        "comparison.json", "comparison.md", "comparison.html",
        "samples-vae.png", "samples-gan.png", "samples-real-examples.png",
    }  # fmt: skip


def test_the_claimed_table_is_the_lecture_s(compared):
    claimed = {row[0]: row[1:] for row in report(compared)["tables"]["claimed"]}
    assert claimed["As claimed"] == ["VAE", "GAN"]
    assert claimed["Compute P(X)"] == ["Intractable", "No"]
    assert claimed["Loss"] == ["KL", "JSD"]
    assert claimed["Samples"] == ["Ok", "Good (best)"]


def test_both_tables_are_in_every_report_and_on_the_terminal(compared):
    out, printed, _ = compared
    for text in (
        printed,
        (out / "comparison.md").read_text(),
        (out / "comparison.html").read_text(),
    ):
        assert "As claimed" in text
        assert "As measured" in text
        assert "Intractable" in text
        assert "fd_digits" in text


def test_the_likelihood_of_the_gan_is_the_model_s_sentence(compared):
    measured = {row[0]: row[1:] for row in report(compared)["tables"]["measured"]}
    vae, gan, real = measured["Compute P(X)"]
    assert re.fullmatch(r"-\d+\.\d\d ± \d+\.\d\d nats, lower bound", vae)
    assert "GAN is an implicit model" in gan
    assert real == ""


def test_the_bright_row_of_each_label_is_read_from_the_pixels(compared):
    results = report(compared)["real"]["abstraction"]
    assert results["accuracy"] == 1.0
    assert results["dimensions"] == 64
    assert (
        "no encoder" in report(compared)["families"]["gan"]["measured"]["abstraction"]["sentence"]
    )


def test_the_budget_pays_for_whole_steps_and_is_stated(compared):
    results = report(compared)
    assert results["budget"] == "300 examples"
    for each in results["families"].values():
        spent = each["training"]
        batch_size = spent["parameters"]["batch_size"]
        assert spent["steps"] == spent["parameters"]["steps"] == 300 // batch_size
        assert spent["examples"] == spent["steps"] * batch_size


def test_the_page_holds_every_picture_and_refers_to_nothing_else(compared):
    page = (compared[0] / "comparison.html").read_text()
    assert len(re.findall(r'<img src="data:image/png;base64,', page)) == 3
    assert not re.search(r"https?://", page)


def test_progress_goes_to_standard_error_and_tables_to_standard_output(compared):
    _, printed, progress = compared
    assert "VAE: step 3 of 3" in progress  # of 100 examples
    assert "step 3 of 3" not in printed
    assert printed.splitlines()[-1].startswith("Page:")


def test_the_pictures_are_samples(compared):
    picture = tf.io.decode_png((compared[0] / "samples-gan.png").read_bytes()).numpy()
    assert picture.shape == (4 * 10 + 2, 5 * 10 + 2, 1)  # 20 images of 8 with gaps of 2


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["--budget=soon"], "--budget must be a time"),
        (["--families=rbn"], "received 'rbn'. Did you mean 'rbm'"),
        (["--families=gan", "--all"], "give one"),
        (["--data=toy:ring"], "The families are models of images; toy:ring holds points."),
        (["extra"], "Unexpected argument 'extra'"),
    ],
)
def test_bad_flags_get_one_sentence(capsys, argv, sentence):
    code, err = refused(capsys, *argv)
    assert code == 2
    assert sentence in err


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (8, "Families are compared on held-out examples"),
        (20, "There are too few examples for the metric"),  # 2 are held out
    ],
)
def test_too_few_examples_are_refused_before_anything_is_trained(capsys, tmp_path, count, sentence):
    images = np.random.default_rng(0).integers(0, 256, (count, 8, 8, 1), np.uint8)
    np.savez(tmp_path / "few.npz", data=images)
    argv = [f"--data=arrays:{tmp_path / 'few.npz'}", "--extractor=digits", "--families=gan"]
    assert main._run(["compare", *argv, f"--out={tmp_path / 'out'}"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert sentence in lines[-1]
    assert not (tmp_path / "out").exists()
