"""Small runs on every kind of data: trained, resumed, evaluated and exported once a module."""

import contextlib
import io

import numpy as np
from tfgan.pipelines import main

TINY = ["--set=width=4", "--set=latent_dim=3"]
SMALL = [f"--set={each}" for each in ("generator_width=8", "discriminator_width=10")]
LINES = [f"{a} {b}{end}" for a in ("ab", "ba") for b in ("aab", "bb", "abba") for end in ".!"]


def pixels(*shape):
    return {"data": np.random.default_rng(0).integers(0, 256, (30, *shape), np.uint8)}


def points(dimensions):
    return {"data": np.random.default_rng(0).normal(size=(30, dimensions)).astype(np.float32)}


# Name: (arrays or lines of text, recipe, more flags of train).
KINDS = {
    "gray images": (pixels(8, 8, 1), "gan", SMALL),
    "color images": (pixels(8, 8, 3), "gan", SMALL),
    "images with labels": (pixels(8, 8, 1) | {"label": np.arange(30) % 3}, "cgan", TINY),
    "binary images": (
        pixels(8, 8, 1), "rbm",
        ["--set=hidden_units=4", "--set=sampling_steps=2", "--binarise=static"],
    ),
    "videos": (pixels(2, 8, 8, 1), "vgan", TINY),
    "texts": (LINES, "text_wgan_gp", [*TINY, "--set=depth=1", "--set=discriminator_steps=1"]),
    "points of 1 dimension": (points(1), "mixture", [TINY[0], "--set=depth=1"]),
    "points of 2 dimensions": (points(2), "mixture", [TINY[0], "--set=depth=1"]),
    "points of 3 dimensions": (points(3), "mixture", [TINY[0], "--set=depth=1"]),
}  # fmt: skip


class RunOfKind:
    """A run of two steps on one kind of data, evaluated and exported.

    Attributes:
      data: str, the name of its data source.
      path: path of its directory.
      said: str, the standard output and error of the commands, one after another.
    """

    def __init__(self, kind, folder):
        content, recipe, more = KINDS[kind]
        self.data, self.path, self.said = _write(folder, content), folder / "run", ""
        train = [f"--recipe={recipe}", f"--data={self.data}", "--batch_size=4", *more]
        self._run("train", *train, "--steps=1")
        self._run("train", *train, "--steps=2", "--evaluate_every=1", "--evaluate_count=20")
        self._run("evaluate", "--count=20", f"--cache_dir={folder}/cache")
        self._run("export")

    def _run(self, *arguments):
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main._run([*arguments, f"--workdir={self.path}"])
        assert code == 0, output.getvalue()
        self.said += output.getvalue()


def _write(folder, content):
    """The name of a data source with this content."""
    if isinstance(content, dict):
        np.savez(folder / "data.npz", **content)
        return f"arrays:{folder}/data.npz"
    (folder / "lines.txt").write_text("\n".join(content))
    return f"text:{folder}/lines.txt"
