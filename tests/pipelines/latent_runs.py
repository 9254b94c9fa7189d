"""Runs whose latent spaces are walked in: images with digits' classifier, and points."""

import numpy as np
import pytest
from tfgan.pipelines import main


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """An unconditional run on images of 8 x 8."""
    return train(tmp_path_factory.mktemp("run"), "dcgan")


@pytest.fixture(scope="module")
def conditional(tmp_path_factory):
    """A conditional run on images of 8 x 8 of three classes."""
    return train(tmp_path_factory.mktemp("conditional"), "cgan")


def train(folder, recipe):
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images, label=np.arange(40) % 3)
    command = ["train", f"--recipe={recipe}", f"--data=arrays:{folder}/images.npz"]
    settings = ["--set=width=4", "--set=latent_dim=4", "--batch_size=8", "--steps=2"]
    settings += ["--set=learning_rate=0.05", "--set=average_half_life=8"]  # images that differ
    assert main._run([*command, f"--workdir={folder}/run", *settings]) == 0
    return folder / "run"


def arrays(path):
    with np.load(path, allow_pickle=False) as file:
        return dict(file)
