"""Every kind of data through every command: each does its work, or refuses in one sentence."""

import zipfile

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan import runs

TINY = ["--set=width=4", "--set=latent_dim=3"]
SMALL = [f"--set={each}" for each in ("generator_width=8", "discriminator_width=10")]
PICTURES = {"a.png": True, "a.jpg": True, "a.npz": True, "a.txt": False, "a.mp4": False}
SINGLE = PICTURES | {"a.zip": True, "folder": True}
OF_POINTS = PICTURES | {"a.zip": False, "folder": False}
OF_TEXTS = dict.fromkeys(SINGLE, False) | {"a.txt": True, "a.npz": True}


def pixels(*shape):
    return {"data": np.random.default_rng(0).integers(0, 256, (30, *shape), np.uint8)}


def points(dimensions):
    return {"data": np.random.default_rng(0).normal(size=(30, dimensions)).astype(np.float32)}


# Name: (arrays or lines of text, recipe, more flags of train, what it can be sampled as).
KINDS = {
    "gray images": (pixels(8, 8, 1), "gan", SMALL, SINGLE),
    "color images": (pixels(8, 8, 3), "gan", SMALL, SINGLE),
    "images with labels": (
        pixels(8, 8, 1) | {"label": np.arange(30) % 3}, "cgan", TINY, SINGLE
    ),
    "binary images": (
        pixels(8, 8, 1), "rbm",
        ["--set=hidden_units=4", "--set=sampling_steps=2", "--binarise=static"], SINGLE,
    ),
    "videos": (pixels(2, 8, 8, 1), "vgan", TINY, SINGLE),
    "texts": (
        [f"{a}{b}." for a in "abcdef" for b in "uvwxyz"],
        "text_wgan_gp", [*TINY, "--set=depth=1", "--set=discriminator_steps=1"], OF_TEXTS,
    ),
    "points of 2 dimensions": (points(2), "mixture", TINY[:1], OF_POINTS),
    "points of 3 dimensions": (points(3), "mixture", TINY[:1], OF_POINTS),
}  # fmt: skip


def write(folder, content):
    """The name of a data source with this content."""
    if isinstance(content, dict):
        np.savez(folder / "data.npz", **content)
        return f"arrays:{folder}/data.npz"
    (folder / "lines.txt").write_text("\n".join(content))
    return f"text:{folder}/lines.txt"


@pytest.mark.parametrize("kind", KINDS)
def test_each_command_does_its_work_or_refuses_in_one_sentence(
    kind, tmp_path, capsys, monkeypatch, open_once
):
    content, recipe, more, forms = KINDS[kind]
    data, run = write(tmp_path, content), f"--workdir={tmp_path}/run"

    def works(*arguments):
        code = main._run([*map(str, arguments)])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return captured.out

    def refused(*arguments):
        assert main._run([*map(str, arguments)]) == 2
        sentences = [
            line for line in capsys.readouterr().err.splitlines() if not line.startswith("INFO: ")
        ]
        assert len(sentences) == 1 and sentences[0].startswith(f"tfgan {arguments[0]}: ")

    train = ["train", f"--recipe={recipe}", f"--data={data}", run, "--batch_size=4", *more]
    works(*train, "--steps=1")
    assert "at step 1" in works(*train, "--steps=2", "--evaluate_every=1", "--evaluate_count=20")
    monkeypatch.setattr(runs.loading, "open_model", open_once)  # the run stays as it is now
    for name, can_be in forms.items():
        out = tmp_path / "samples" / name
        (works if can_be else refused)("sample", run, f"--out={out}", "--count=5")
        assert out.exists() == can_be
    if forms["a.zip"]:
        with zipfile.ZipFile(tmp_path / "samples" / "a.zip") as archive:
            assert len([name for name in archive.namelist() if name.endswith(".png")]) == 5
    works("sample", run)
    assert "Records:" in works("evaluate", run, "--count=20", f"--cache_dir={tmp_path}/cache")
    works("export", run)
    works("prepare", f"--data={data}", f"--out={tmp_path}/prepared")
    works("evaluate", f"--real={data}", f"--fake={data}", "--count=20")
