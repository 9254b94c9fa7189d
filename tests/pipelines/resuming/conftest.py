"""Runs to resume, made once, and a copy of them for each test."""

import shutil

import numpy as np
import pytest
from tfgan.pipelines import main

from .commands import IMAGES, POINTS


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the sets `d/x.npz` and `d/images.npz`, and a run on each."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "d").mkdir()
    random = np.random.default_rng(0)
    np.savez(folder / "d" / "x.npz", data=random.normal(size=(70, 2)).astype(np.float32))
    images = random.integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(folder / "d" / "images.npz", data=images)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main._run(["train", *POINTS, "--data=arrays:d/x.npz", "--workdir=points"]) == 0
        assert main._run(["train", *IMAGES, "--data=arrays:d/images.npz", "--workdir=run"]) == 0
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """A copy of the folder, in which the test works; its runs name the data of the original."""
    shutil.copytree(made, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy"
