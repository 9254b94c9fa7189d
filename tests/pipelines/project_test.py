"""`tfgan project`."""

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

import tfgan
from tfgan import modalities, runs, terminal
from tfgan.runs.latent_tools import projection

from .latent_runs import arrays, conditional, run  # noqa: F401

FEW = ["--steps=20", "--restarts=2", "--candidates=10"]


@pytest.fixture(autouse=True)
def open_each_run_once(monkeypatch, open_once):
    """A run stays as it is: the first test that opens it does so for all."""
    monkeypatch.setattr(runs.loading, "open_model", open_once)


@pytest.fixture(scope="module")
def image(tmp_path_factory, run):  # noqa: F811
    """The sample of a seed as a color image of twice the size."""
    [sample] = tfgan.open_run(run).sample(1, seed=99)["data"]
    path = tmp_path_factory.mktemp("image") / "sample.png"
    PIL.Image.fromarray(sample[..., 0]).convert("RGB").resize((16, 16)).save(path)
    return path


def project(run, *arguments):  # noqa: F811
    return main._run(["project", f"--workdir={run}", *arguments])


def test_a_picture_and_the_latents_are_written_the_same_again(run, image, tmp_path, capsys):  # noqa: F811
    for name in "ab":
        assert project(run, f"--image={image}", *FEW, f"--out={tmp_path}/{name}.png") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"Optimized with step 2: {tmp_path}/b.png; latents: {tmp_path}/b.png.npz"
    assert lines[-3].startswith("Distance:   ") and " of the nearest of 10 samples " in lines[-3]
    assert "(features of the discriminator)" in lines[-3] and " of seed 0)" in lines[-3]
    assert lines[-2].startswith("Pixels:     ")
    content, again = arrays(tmp_path / "a.png.npz"), arrays(tmp_path / "b.png.npz")
    np.testing.assert_array_equal(content["latent"], again["latent"])
    opened = tfgan.open_run(run)
    result = opened.project(image, steps=20, restarts=2, candidates=10)
    np.testing.assert_array_equal(content["latent"], result.latents["latent"])
    picture = np.asarray(PIL.Image.open(tmp_path / "a.png"))
    assert picture.shape == (58 + 2, 4 * 58 + 2)
    assert picture.tobytes() == np.asarray(PIL.Image.open(tmp_path / "b.png")).tobytes()
    data = opened.generate(content)
    np.testing.assert_array_equal(picture[2:58:7, 118:174:7], data[0, ..., 0])
    np.testing.assert_array_equal(picture[2:58:7, 2:58:7], content["target"][0, ..., 0])


def test_a_terminal_shows_a_bar_of_the_steps(run, image, capsys, monkeypatch):  # noqa: F811
    monkeypatch.setattr(terminal, "can_redraw", lambda: True)
    assert project(run, f"--image={image}", *FEW) == 0
    output = capsys.readouterr().out
    assert "20/20" in output and f"{run}/latents/projection.png" in output


def test_the_label_may_be_given(conditional, image, tmp_path, capsys):  # noqa: F811
    arguments = [f"--image={image}", *FEW, "--label=2", f"--out={tmp_path}/a.npz"]
    assert project(conditional, *arguments) == 0
    assert "Label:      2" in capsys.readouterr().out
    content = arrays(tmp_path / "a.npz")
    assert content["label"].tolist() == [2] and content["data"].shape == (1, 8, 8, 1)


def test_a_failed_projection_has_the_exit_code_1_and_writes_what_was_reached(
    run,  # noqa: F811
    image,
    tmp_path,
    capsys,
    monkeypatch,
):
    def start(prior, starts, loss, **others):
        return starts, np.zeros(2)

    monkeypatch.setattr(projection.latents, "descend", start)
    out = tmp_path / "a.png"
    assert project(run, f"--image={image}", *FEW, f"--out={out}") == 1
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and "The image was not projected: the distance" in errors
    assert f"; what was reached: {out}; its latents: {out}.npz." in errors
    assert PIL.Image.open(out).size == (4 * 58 + 2, 58 + 2)
    assert arrays(f"{out}.npz")["latent"].shape == (1, 4)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--image must name an image"),
        (["--image=/nowhere.png"], "/nowhere.png: there is no such file"),
        ([f"--image={__file__}"], f"{__file__} is not a readable image"),
        (["--image=IMAGE", "--method=refine"], "method must be optimize for GAN"),
        (["--image=IMAGE", "--method=invert"], "--method must be"),
        (["--image=IMAGE", "--restarts=2000"], "restarts must be 1 or more, and candidates as"),
        (["--image=IMAGE", "--label=2"], "--label=2 needs a conditional model"),
        (["--image=IMAGE", "--out=a.gif"], "--out must end with .png, .jpg, .jpeg or .npz"),
        (["--image=IMAGE", "--out=IMAGE"], "--out must not replace what --image names; received"),
        (["--image=IMAGE", "--image=b.png"], "--image must be given once; received "),
        (["--image=/"], "image must be one file; received the folder /."),
    ],
    ids=str,
)
def test_bad_requests_get_one_sentence(run, image, capsys, arguments, sentence):  # noqa: F811
    assert project(run, *(text.replace("IMAGE", str(image)) for text in arguments)) == 2
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1 and sentence in errors


def test_nothing_is_written_if_one_of_both_files_cannot_be(run, image, tmp_path, capsys):  # noqa: F811
    (tmp_path / "a.png.npz").mkdir()
    assert project(run, f"--image={image}", *FEW, f"--out={tmp_path}/a.png") == 2
    assert "--out must not lead to a folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.png.npz"]


def test_a_run_of_other_data_is_refused_before_its_output_is(run, image, capsys, monkeypatch):  # noqa: F811
    opened = tfgan.open_run(run)
    monkeypatch.setattr(type(opened.model), "modality", modalities.Points())
    for out in ("a.png", "a.npz"):
        assert project(run, f"--image={image}", f"--out={out}") == 2
        errors = capsys.readouterr().err
        assert "Images are projected into models of images; this one makes points" in errors
