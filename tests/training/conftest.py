"""Runs to resume, made once, and a copy of them per test; images for programs."""

import shutil

import numpy as np
import pytest
from tfgan.pipelines import main

from ..pipelines.conftest import folder  # noqa: F401
from .commands import IMAGES, POINTS


@pytest.fixture(scope="session")
def originals(tmp_path_factory):
    """A folder with the sets `d/x.npz` and `d/images.npz`, and a run on each."""
    root = tmp_path_factory.mktemp("originals")
    (root / "d").mkdir()
    random = np.random.default_rng(0)
    np.savez(root / "d" / "x.npz", data=random.normal(size=(70, 2)).astype(np.float32))
    images = random.integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(root / "d" / "images.npz", data=images)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main._run(["train", *POINTS, "--data=arrays:d/x.npz", "--workdir=points"]) == 0
        assert main._run(["train", *IMAGES, "--data=arrays:d/images.npz", "--workdir=run"]) == 0
    return root


@pytest.fixture
def place(originals, tmp_path, monkeypatch):
    """A copy of the originals, the working directory of the test; its runs name their data."""
    shutil.copytree(originals, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"
