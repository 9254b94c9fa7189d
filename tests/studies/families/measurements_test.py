"""What is measured of a model, on models of a few lines."""

import numpy as np
import pytest

from tfgan import data, likelihoods
from tfgan.studies.families import measurements


class Copies:
    """Samples are the training images in turn; a code is the first pixel."""

    sampling_steps = 3

    def __init__(self, images):
        self.images = images

    def sample(self, count, seed):
        return {"data": self.images[np.arange(count) % len(self.images)]}

    def encode(self, images):
        return images[:, 0, 0]

    def log_prob(self, images, seed):
        raise ValueError("Copies have no density.")


def read(folder, *, labels):
    """The examples of 300 images in two classes, whose first pixel is dark or bright."""
    label = np.arange(300) % 2
    images = np.random.default_rng(0).integers(0, 100, (300, 8, 8, 1), np.uint8)
    images[:, 0, 0, 0] = 200 * label
    columns = {"data": images, "label": label} if labels else {"data": images}
    np.savez(folder / "two.npz", **columns)
    source = data.open_source(f"arrays:{folder}/two.npz")
    return measurements.read(source, source, None, count=20, seed=0)


def test_a_code_is_compared_with_the_pixels_and_samples_with_real_images(tmp_path):
    examples = read(tmp_path, labels=True)
    assert examples.count == 20 and examples.pixel_probe.accuracy == 1.0
    measured, samples = measurements.measure(Copies(examples.training["data"]), examples, seed=0)
    assert measured["abstraction"]["accuracy"] == 1.0
    assert measured["abstraction"]["dimensions"] == 1
    assert measured["abstraction"]["gain_over_pixels"] == 0.0
    assert measured["log_prob"] == {"sentence": "Copies have no density."}
    assert measured["sampling"]["sequential_passes"] == 3
    assert samples.shape == (20, 8, 8, 1)
    reference = measurements.reference(examples)
    for kind, scores in reference["samples"].items():
        assert set(scores) == set(measured["samples"][kind])


def test_without_labels_nothing_is_read_from_codes_or_pixels(tmp_path):
    examples = read(tmp_path, labels=False)
    measured, _ = measurements.measure(Copies(examples.training["data"]), examples, seed=0)
    assert "no labels" in measured["abstraction"]["sentence"]
    assert "no labels" in measurements.reference(examples)["abstraction"]["sentence"]


def test_a_likelihood_is_of_the_black_and_white_images(tmp_path):
    examples = read(tmp_path, labels=True)
    model = Copies(examples.training["data"])
    model.log_prob = lambda images, seed: likelihoods.LogLikelihood(
        np.full(len(images), -64 * np.log(2.0)), "exact"
    )
    log_prob = measurements.measure(model, examples, seed=0)[0]["log_prob"]
    assert log_prob["nats"] == pytest.approx(-64 * np.log(2.0))
    assert log_prob["bits_per_dimension"] == pytest.approx(1.0)
    assert (log_prob["kind"], log_prob["count"]) == ("exact", 20)
