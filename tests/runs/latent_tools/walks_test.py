"""Rows of images between samples."""

import numpy as np
import pytest

from tfgan import latents, metrics, modalities, priors
from tfgan.models import sampling
from tfgan.runs.latent_tools import draws, walks

from .models import images, points


@pytest.fixture(scope="module")
def model():
    return images(priors.Uniform(4))


@pytest.fixture(scope="module")
def walk(model):
    return walks.interpolate(model, [3, 1, 7], steps=5)


def test_each_row_leads_from_one_sample_to_the_next(model, walk):
    ends = draws.of_seeds(model, [3, 1, 7])
    assert walk.data.shape == (2, 5, 8, 8, 1) and walk.data.dtype == np.uint8
    np.testing.assert_array_equal(walk.latents["latent"][:, 0], ends["latent"][:2])
    np.testing.assert_array_equal(walk.latents["latent"][:, -1], ends["latent"][1:])
    samples = sampling.generate(model, ends).astype(int)
    assert np.abs(walk.data[:, 0] - samples[:2]).max() <= 1  # rounding by place
    assert walk.modes == {"latent": "linear"}
    assert repr(walk) == (
        "Walk(data=uint8 [2, 5, 8, 8, 1], latents=dict(latent=float32 [2, 5, 4]), "
        "modes=dict(latent='linear'))"
    )


def test_the_images_are_those_of_the_latents(model, walk):
    again = sampling.generate(model, walk.flat_latents)
    np.testing.assert_array_equal(again.reshape(walk.data.shape), walk.data)


def test_frames_show_each_image_once(model, walk):
    frames = walk.frames()
    assert len(frames) == 9
    np.testing.assert_array_equal(frames[[0, 4, 8]], walk.data[[0, 1, 1], [0, 0, 4]])
    closed = walks.interpolate(model, [3, 1, 7], steps=5, closed=True)
    np.testing.assert_array_equal(closed.latents["latent"][2, -1], walk.latents["latent"][0, 0])
    assert len(closed.frames(closed=True)) == 12


def test_a_mode_a_truncation_and_a_label_are_obeyed():
    conditional = images(priors.Normal(4), classes=3)
    walk = walks.interpolate(
        conditional, [0, 1], steps=4, mode="linear", truncation=0.5, conditions={"label": 2}
    )
    rows = walk.latents["latent"][0]
    np.testing.assert_allclose(np.diff(rows, 2, axis=0), 0.0, atol=1e-6)
    assert np.abs(rows).max() <= 0.5 and set(walk.latents["label"].flat) == {2}


def test_smoothness_is_that_of_the_features(walk):
    pixels = walk.data.reshape(2, 5, 64) / 255.0
    expected = metrics.path_steps(pixels)
    steps = walks.smoothness(walk, modalities.Images())
    np.testing.assert_allclose(steps.largest, expected.largest)

    class Twice:
        def __call__(self, data):
            features = 2.0 * data.reshape(len(data), -1) / 255.0
            return type("Features", (), {"features": features})

    doubled = walks.smoothness(walk, modalities.Images(), Twice())
    np.testing.assert_allclose(doubled.mean, 2.0 * expected.mean)


def test_points_and_their_prior_walk_too():
    model = points(priors.Sphere(3))
    walk = walks.interpolate(model, [0, 1], steps=3)
    assert walk.data.shape == (1, 3, 2)
    lengths = np.linalg.norm(walk.latents["latent"], axis=-1)
    np.testing.assert_allclose(lengths, np.sqrt(3.0), rtol=1e-5)
    assert latents.modes_of(model.prior) == walk.modes


def test_seeds_of_noise_have_no_path():
    class Noisy:
        prior = priors.Noise()

    with pytest.raises(ValueError, match="noise: seeds of noise, between which there is no path"):
        walks.interpolate(Noisy(), [0, 1], steps=3)
    with pytest.raises(ValueError, match="seeds must be two or more points of a path; received 1"):
        walks.interpolate(images(priors.Normal(2)), [0], steps=3)
