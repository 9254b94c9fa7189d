"""Points of any dimension, from a file to samples, figures and an exported model."""

import logging

import numpy as np
import pytest
import tensorflow as tf
from tfgan.pipelines import main


@pytest.mark.parametrize("dimensions", [1, 3])
def test_points_of_any_dimension_go_through_every_command(tmp_path, caplog, dimensions):
    np.save(tmp_path / "points.npy", np.random.default_rng(0).normal(size=(60, dimensions)))
    run = tmp_path / "run"
    train = ["--recipe=mixture", "--steps=2", "--batch_size=8", "--set=width=8", "--set=depth=1"]
    with caplog.at_level(logging.INFO, logger="tfgan"):
        assert main._run(["train", *train, f"--data=arrays:{tmp_path}/points.npy",
                          f"--workdir={run}", "--evaluate_every=2"]) == 0  # fmt: skip
    said = [line for line in caplog.messages if "coordinates" in line]
    expected = "Pictures of samples show the first two of their 3 coordinates."
    assert said == ([expected] if dimensions == 3 else [])
    assert (run / "samples" / "step-00000002.png").exists()
    for out in ("a.png", "a.npz"):
        assert (
            main._run(["sample", f"--workdir={run}", f"--out={tmp_path}/{out}", "--count=5"]) == 0
        )
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["data"].shape == (5, dimensions)
    assert main._run(["evaluate", f"--workdir={run}", "--count=20"]) == 0
    assert main._run(["export", f"--workdir={run}"]) == 0
    assert (run / "export" / "1" / "samples.png").exists()
    signature = tf.saved_model.load(f"{run}/export/1").signatures["serving_default"]
    made = signature(seed=tf.zeros([1], tf.int64), truncation=tf.zeros([1]))
    assert [value.shape for value in made.values()] == [(1, dimensions)]
