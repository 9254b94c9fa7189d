"""Tiny runs of two recipes, and what `tfgan export` makes of them."""

import functools

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main

from tfgan import runs

RECIPES = ("dcgan", "cgan")


@pytest.fixture(scope="session")
def runs_of(tmp_path_factory):
    """{recipe: the directory of a run of three steps}."""
    folder = tmp_path_factory.mktemp("runs")
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(folder / "images.npz", data=images, label=np.arange(40) % 3)
    for recipe in RECIPES:
        code = main._run(
            ["train", f"--recipe={recipe}", f"--data=arrays:{folder}/images.npz",
             f"--workdir={folder}/{recipe}", "--steps=3", "--set=width=4", "--set=latent_dim=4",
             "--batch_size=8"]
        )  # fmt: skip
        assert code == 0
    return {recipe: folder / recipe for recipe in RECIPES}


@pytest.fixture(params=RECIPES, scope="session")
def run(request, runs_of):
    """The directory of a run."""
    return runs_of[request.param]


@functools.cache
def first_export(run):
    """The first version of the SavedModel of a run: a path."""
    assert main._run(["export", f"--workdir={run}"]) == 0
    return f"{run}/export/1"


@functools.cache
def opened(run):
    """The model of a run, and its first SavedModel."""
    return runs.open_model(str(run))[0], tf.saved_model.load(first_export(run))


# These are made again when the tests of another run come between; what they return is not.


@pytest.fixture(scope="session")
def exported(run):
    """A run and the first version of its SavedModel."""
    return run, first_export(run)


@pytest.fixture(scope="session")
def loaded_model(run):
    """The model of a run, and the SavedModel that was made of it."""
    return opened(run)


@pytest.fixture
def tfgan_sample(tmp_path, monkeypatch, open_once):
    """Function: what `tfgan sample` draws, dict of arrays of one row."""

    def sample(run, seed, **more):
        out = tmp_path / f"{seed}.npz"
        options = [f"--{name}={value}" for name, value in more.items() if value is not None]
        arguments = [f"--workdir={run}", f"--seed={seed}", "--count=1", f"--out={out}"]
        with monkeypatch.context() as patch:
            patch.setattr(runs.loading, "open_model", open_once)
            assert main._run(["sample", *arguments, *options]) == 0
        with np.load(out, allow_pickle=False) as file:
            return dict(file)

    return sample


@pytest.fixture(scope="session")
def rows():
    """Function: the inputs of `serving_default` or `latent`, those that the model has."""

    def inputs(signature, seed, label=None, truncation=None):
        count = len(seed)
        columns = {
            "seed": tf.constant(seed, tf.int64),
            "label": tf.constant(label or [-1] * count, tf.int32),
            "truncation": tf.constant(truncation or [0.0] * count, tf.float32),
        }
        names = signature.structured_input_signature[1]
        return {name: value for name, value in columns.items() if name in names}

    return inputs
