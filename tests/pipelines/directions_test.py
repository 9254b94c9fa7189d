"""`tfgan directions`."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import directions as program
from tfgan.pipelines import main

import tfgan
from tfgan import runs
from tfgan.runs.latent_tools import classifier

from .latent_runs import arrays, conditional, run  # noqa: F401


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that opens it does so for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


def directions(run, *arguments):  # noqa: F811
    return main._run(["directions", f"--workdir={run}", *arguments])


def test_one_direction_per_row_with_its_score(run, tmp_path, capsys):  # noqa: F811
    arguments = ["--count=3", "--steps=5", "--seed=7", f"--out={tmp_path}/a.png"]
    assert directions(run, *arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-5] == "row  eigenvalue" and [line[:3] for line in lines[-4:-1]] == [
        "  1", "  2", "  3",
    ]  # fmt: skip
    assert lines[-1] == (
        f"3 x 5 images of step 2: {tmp_path}/a.png; latents and vectors: {tmp_path}/a.png.npz"
    )
    content = arrays(tmp_path / "a.png.npz")
    assert content["vectors"].shape == (3, 4) and content["scores"].shape == (3,)
    opened = tfgan.open_run(run)
    result = opened.directions(count=3, steps=5, seed=7)
    np.testing.assert_array_equal(
        opened.generate(content).reshape(result.walk.data.shape), result.walk.data
    )
    assert PIL.Image.open(tmp_path / "a.png").size == (5 * 58 + 2, 3 * 58 + 2)


def test_components_and_properties(run, tmp_path, capsys):  # noqa: F811
    out = f"--out={tmp_path}/a.npz"
    assert directions(run, "--method=pca", "--samples=50", "--count=2", out) == 0
    assert "row  variance" in capsys.readouterr().out
    target = ["--method=probe", "--target=width", "--samples=50"]
    assert directions(run, *target, out) == 0
    output = capsys.readouterr().out
    assert "row  R^2 on held-out samples  target" in output and "  width" in output


def test_fewer_directions_than_asked_for_are_explained(run, tmp_path, capsys):  # noqa: F811
    assert directions(run, "--count=9", "--steps=2", f"--out={tmp_path}/a.npz") == 0
    assert "Directions: 4, not 9: sefa has one per number of the latent." in capsys.readouterr().out


def test_a_direction_that_explains_nothing_is_marked():
    header, good, bad = program._table("probe", [0.25, -0.5], ("7", "1"))
    assert header == "row  R^2 on held-out samples  target"
    assert good.split() == ["1", "0.25", "7"] and good.index("7") == header.index("target")
    assert bad.endswith("-0.5                     1: not a direction, R^2 is not above 0")


def test_a_probe_of_labels_has_a_row_for_each(run, tmp_path, capsys, monkeypatch):  # noqa: F811
    def last_digit(self, data):
        return data.sum(axis=(1, 2, 3), dtype=int) % 10

    monkeypatch.setattr(classifier.Classifier, "__call__", last_digit)
    arguments = ["--method=probe", "--extractor=digits", "--samples=300", "--count=1"]
    assert directions(run, *arguments, f"--out={tmp_path}/a.npz") == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line[lines[-12].index("target")] for line in lines[-11:-1]]
    assert names == list("0123456789")
    assert arrays(tmp_path / "a.npz")["data"].shape == (10, 7, 8, 8, 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--method=ica"], "--method must be sefa, pca or probe"),
        (["--method=probe"], "extractor must be a classifier, such as digits for MNIST"),
        (["--out=a.gif"], "--out must end with .png, .jpg, .jpeg or .npz; received 'a.gif'"),
        (["--samples=1"], "--samples must be"),
        (["--target=slant", "--workdir=/nowhere"], "--target needs --method=probe; received --me"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, capsys, arguments, sentence):  # noqa: F811
    assert directions(run, *arguments) == 2
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and sentence in errors


def test_labels_of_a_conditional_model_are_conditions(conditional, capsys):  # noqa: F811
    assert directions(conditional, "--method=probe", "--extractor=digits") == 2
    assert "--target=label needs an unconditional model" in capsys.readouterr().err
