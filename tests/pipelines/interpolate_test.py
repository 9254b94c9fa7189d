"""`tfgan interpolate`."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import runs

from .latent_runs import arrays, conditional, run  # noqa: F401


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that opens it does so for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


def interpolate(run, *arguments):  # noqa: F811
    return main._run(["interpolate", f"--workdir={run}", *arguments])


def test_rows_are_drawn_with_latents_that_make_them_again(run, tmp_path, capsys):  # noqa: F811
    assert interpolate(run, "--between=4,2,9", "--steps=5", f"--out={tmp_path}/a.png") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3] == (f"2 x 5 images of step 2: {tmp_path}/a.png; latents: {tmp_path}/a.png.npz")
    assert lines[-2] == "Path:       latent linear"
    assert (
        "Smoothness: largest step / mean step" in lines[-1] and "the data themselves" in lines[-1]
    )
    opened = tfgan.open_run(run)
    walk = opened.interpolate([4, 2, 9], steps=5)
    data = opened.generate(arrays(tmp_path / "a.png.npz"))
    np.testing.assert_array_equal(data, walk.data.reshape(data.shape))
    picture = np.asarray(PIL.Image.open(tmp_path / "a.png"))
    assert picture.shape == (2 * 58 + 2, 5 * 58 + 2)
    np.testing.assert_array_equal(picture[2:58:7, 2:58:7], walk.data[0, 0, ..., 0])


def test_by_default_the_picture_lies_in_the_run(run, capsys):  # noqa: F811
    assert interpolate(run, "--between=0,1", "--extractor=digits") == 0
    output = capsys.readouterr().out
    assert f"1 x 9 images of step 2: {run}/latents/interpolation.png" in output
    assert "(features of digits)" in output


def test_an_animation_returns_to_its_beginning(run, tmp_path, capsys):  # noqa: F811
    assert (
        interpolate(run, "--between=0-2", "--closed", "--steps=4", f"--out={tmp_path}/a.gif") == 0
    )
    assert PIL.Image.open(tmp_path / "a.gif").n_frames == 9
    assert "9 frames of step 2: " in capsys.readouterr().out
    assert arrays(tmp_path / "a.gif.npz")["latent"].shape == (12, 4)


def test_the_mode_may_be_chosen_and_the_label_of_a_conditional_model(
    conditional,  # noqa: F811
    tmp_path,
    capsys,
):
    out = f"--out={tmp_path}/a.npz"
    assert interpolate(conditional, "--mode=spherical", "--label=2", "--between=0,1", out) == 0
    assert "Path:       latent spherical" in capsys.readouterr().out
    content = arrays(tmp_path / "a.npz")
    assert content["data"].shape == (1, 9, 8, 8, 1) and content["label"].tolist() == [2] * 9


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--between=1", "--workdir=/nowhere"], "--between must name two or more seeds; received"),
        (["--between=a"], "--between must be whole numbers of up to 64 bits"),
        (["--out=a.tiff"], "--out must end with .png, .jpg, .jpeg, .gif, .webp, .mp4 or .npz"),
        (["--label=2"], "--label=2 needs a conditional model"),
        (["--mode=cubic"], "--mode must be auto, linear or spherical"),
        (["--truncation=2"], "threshold of a Uniform prior must be in (0, 1]"),
        (["--steps=1"], "--steps must be"),
        (["--workdir=/nowhere"], "/nowhere holds no run"),
        (["more"], "Unexpected argument 'more'"),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, capsys, arguments, sentence):  # noqa: F811
    assert interpolate(run, *arguments) == 2
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and sentence in errors


def test_a_path_that_cannot_be_written_is_a_failure(run, tmp_path, capsys):  # noqa: F811
    (tmp_path / "file").write_text("")
    assert interpolate(run, "--between=0,1", f"--out={tmp_path}/file/a.png") == 1
    assert f"{tmp_path}/file/a.png cannot be written: " in capsys.readouterr().err
