"""What the four commands on latents share."""

import shutil

import numpy as np
import PIL.Image
import pytest
from tfgan.pipelines import main

from tfgan.models import standing_statistics

from .latent_runs import arrays, run  # noqa: F401

FEW = {
    "interpolate": ["--between=0,1", "--steps=2"],
    "arithmetic": ["--add=0"],
    "directions": ["--count=1", "--steps=2"],
    "project": ["--steps=1", "--restarts=1", "--candidates=2", "--image=IMAGE"],
}


@pytest.fixture(params=FEW)
def command(request, run, tmp_path):  # noqa: F811
    """Function of further arguments: the exit code of a command."""
    image = tmp_path / "image.png"
    PIL.Image.fromarray(np.full((8, 8), 90, np.uint8)).save(image)
    few = [text.replace("IMAGE", str(image)) for text in FEW[request.param]]
    return lambda *more: main._run([request.param, f"--workdir={run}", *few, *more])


def test_standing_statistics_are_those_of_the_truncated_prior(command, tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(
        standing_statistics, "recompute", lambda model, **options: calls.append(options)
    )
    truncates = command("--truncation=0.5", f"--out={tmp_path}/a.npz") == 0
    assert calls == []
    more = ["--truncation=0.5"] if truncates else []
    command("--standing_statistics=3", *more, f"--out={tmp_path}/a.npz")
    assert calls == [{"passes": 3, "truncation": 0.5 if truncates else None}]


def test_standing_statistics_change_the_images_alone(run, tmp_path):  # noqa: F811
    other = shutil.copytree(run, tmp_path / "run")
    for name, more in {"moving": [], "standing": ["--standing_statistics=2"]}.items():
        arguments = [f"--workdir={other}", "--between=0,1", f"--out={tmp_path}/{name}.npz"]
        assert main._run(["interpolate", *arguments, *more]) == 0
    moving, standing = (arrays(tmp_path / f"{name}.npz") for name in ("moving", "standing"))
    np.testing.assert_array_equal(moving["latent"], standing["latent"])
    assert np.any(moving["data"] != standing["data"])


@pytest.mark.parametrize("taken", ["a.png", "a.png.npz"])
def test_a_folder_in_the_place_of_a_file_is_refused_and_nothing_is_written(
    command, tmp_path, capsys, taken
):
    (tmp_path / taken).mkdir()
    before = sorted(tmp_path.iterdir())
    assert command(f"--out={tmp_path}/a.png") == 2
    errors = capsys.readouterr().err
    assert errors.strip().endswith(f"--out must not lead to a folder; {tmp_path}/{taken} is one.")
    assert sorted(tmp_path.iterdir()) in (before, sorted([*before, tmp_path / "image.png"]))


def test_a_file_that_exists_is_replaced_as_by_sample(command, tmp_path):
    (tmp_path / "a.png.npz").write_text("old")
    (tmp_path / "a.png").write_text("old")
    assert command(f"--out={tmp_path}/a.png") in (0, 1)  # 1: a projection that is not nearer
    assert "latent" in arrays(tmp_path / "a.png.npz") and PIL.Image.open(tmp_path / "a.png").size


def test_a_file_that_the_command_reads_is_refused(command, tmp_path, capsys):
    weights = tmp_path / "a.npz"
    weights.write_text("weights")
    assert command(f"--out={weights}", f"--extractor_weights={weights}") == 2
    assert "--out must not replace what --extractor_weights names" in capsys.readouterr().err
    assert weights.read_text() == "weights"
