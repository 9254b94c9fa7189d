"""Families take turns on one budget; what cannot be compared is refused."""

import types

import numpy as np
import pytest

from tfgan.studies.families import budget, comparison, measurements, training, verdicts


def test_only_images_are_compared():
    with pytest.raises(ValueError, match="models of images; toy:ring holds points"):
        comparison.open_images("toy:ring")


def test_images_are_opened_as_stored_and_in_black_and_white(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), np.uint8)
    np.savez(tmp_path / "images.npz", data=images)
    stored, binary = comparison.open_images(f"arrays:{tmp_path}/images.npz")
    levels = [np.unique(next(iter(each.examples()))["data"]) for each in (stored, binary)]
    assert len(levels[0]) > 2 and set(levels[1]) == {0, 255}


def test_each_family_gets_the_steps_of_its_budget_in_the_order_of_the_names(monkeypatch):
    calls = []

    def train(family, source, seed, steps, progress):
        calls.append((family.heading, steps, seed))
        return family.heading, {"steps": steps}

    evaluator = types.SimpleNamespace(extractor=None)
    examples = types.SimpleNamespace(
        held_out={"data": "real"}, training={"data": [0] * 9}, count=5, evaluators={"": evaluator}
    )
    source = types.SimpleNamespace(name="data", fingerprint="f", spec=None)
    sizes = {"VAE": 100, "GAN": 30}
    monkeypatch.setattr(training, "build", lambda family, *_: (None, sizes[family.heading]))
    monkeypatch.setattr(training, "train", train)
    monkeypatch.setattr(measurements, "measure", lambda model, *_, seed: ({"of": model}, model))
    monkeypatch.setattr(verdicts, "verdicts", lambda measured, reference: [*measured])
    lines = []
    results = comparison.compare(
        ["vae", "gan"], source, examples, {},
        budget=budget.Budget(examples=300), seed=4, progress=lines.append,
    )  # fmt: skip
    assert calls == [("VAE", 3, 4), ("GAN", 10, 4)]
    assert results.measured == {"vae": {"of": "VAE"}, "gan": {"of": "GAN"}}
    assert results.samples == {"Real examples": "real", "VAE": "VAE", "GAN": "GAN"}
    assert results.training == {"vae": {"steps": 3}, "gan": {"steps": 10}}
    assert results.facts["budget"] == "300 examples" and results.facts["training_examples"] == 9
    assert lines[0] == "VAE: 3 steps of recipe vae."
