"""Projections into small models, not trained."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import extractors, failures, priors
from tfgan.models import GAN, sampling
from tfgan.runs.latent_tools import draws
from tfgan.runs.latent_tools.projection import Match, NotNearer, Projection, Projector

from .models import images, points, vivid


@pytest.fixture(scope="module")
def model():
    return vivid(images(priors.Uniform(4)))


@pytest.fixture(scope="module")
def projector(model):
    return Projector(model)


@pytest.fixture(scope="module")
def target(model):
    return sampling.generate(model, draws.of_seeds(model, [77]))[0]


SMALL = {"steps": 60, "restarts": 3, "candidates": 20}


@pytest.fixture
def with_encoder(monkeypatch, model):
    """The encoder is exact for the target, and off by 0.1 on other images."""
    code = draws.of_seeds(model, [77])["latent"]
    known = sampling.generate(model, {"latent": code})

    def encoded(self, rows):
        return {"latent": tf.constant(code + np.float32(0.1 * np.any(rows != known)))}

    monkeypatch.setattr(GAN, "encoded", encoded)
    monkeypatch.setattr(GAN, "has_encoder", True)
    return code


def test_a_sample_is_found_again(model, projector, target):
    result = projector(target, **SMALL)
    assert result.method == "optimize" and result.space == "features of the discriminator"
    assert result.match.distance < 0.2 * result.nearest.distance
    assert result.match.pixels < 0.2 * result.nearest.pixels
    np.testing.assert_array_equal(result.target, target)
    np.testing.assert_array_equal(sampling.generate(model, result.latents)[0], result.data)
    assert np.abs(result.latents["latent"]).max() <= 1.0


def test_the_nearest_sample_is_the_one_with_the_smallest_distance(model, projector, target):
    result = projector(target, **SMALL, seed=3)
    rows = sampling.latents(model, 20, seed=3)
    _, distances = projector._errors.of(rows, target)
    assert result.nearest_index == distances.argmin()
    assert result.nearest.distance == pytest.approx(distances.min(), rel=1e-5)


def test_the_same_arguments_give_the_same_latents(projector, target):
    runs = [projector(target, **SMALL, seed=5) for _ in range(2)]
    np.testing.assert_array_equal(*(result.latents["latent"] for result in runs))
    other = projector(target, **SMALL, seed=6)
    assert (other.latents["latent"] != runs[0].latents["latent"]).any()


def test_an_encoder_is_used_alone_or_as_a_start(with_encoder, projector, target):
    result = projector(target, **SMALL)
    assert result.method == "encode"
    np.testing.assert_array_equal(result.latents["latent"], with_encoder)
    changed = np.where(target > 250, 245, target).astype(np.uint8)  # its code is off
    encoded = projector(changed, **SMALL)
    refined = projector(changed, "refine", **SMALL)
    assert refined.match.distance < encoded.match.distance
    assert projector(target, "optimize", **SMALL).method == "optimize"


def test_the_label_is_that_which_is_given_or_one_of_all():
    model = vivid(images(priors.Normal(4), classes=3))
    [target] = sampling.generate(model, draws.of_seeds(model, [5], None, {"label": 2}))
    projector = Projector(model, extractors.open_extractor("digits"))
    labeled = projector(target, **SMALL, conditions={"label": 1})
    assert labeled.latents["label"].tolist() == [1]
    free = projector(target, **SMALL)
    assert free.match.distance < free.nearest.distance and len(free.latents["label"]) == 1


def test_a_projection_that_is_not_nearer_fails_with_both_distances(projector, model):
    rows = sampling.latents(model, 20, seed=0)
    [target] = sampling.generate(model, draws.rows(rows, [7]))
    sentence = (
        r"^The image was not projected: the distance of the result, [\d.e-]+ \(features of the "
        r"discriminator\), is not below that of the nearest of 20 samples, [\d.e-]+; more steps or "
        r"restarts may do it\.$"
    )
    with pytest.raises(failures.Failure, match=sentence) as error:
        projector(target, steps=1, restarts=1, candidates=20, seed=0)
    assert error.value.projection.method == "optimize"


def test_a_negative_is_recognized_by_the_pixels():
    def projected(target, data):
        target, data = (np.full((4, 4, 1), value, np.uint8) for value in (target, data))
        pixels = float(np.sqrt(np.mean((target / 255.0 - data / 255.0) ** 2)))
        match = Match(data, {}, pixels, 2.0)
        return Projection(target, match, match, 0, "encode", "pixels")

    assert projected(230, 20).is_negative  # 5 from the negative
    assert not projected(20, 20).is_negative and not projected(128, 100).is_negative
    assert not projected(180, 120).is_negative  # 45 from the negative, 60 from the image
    assert "; the negative of the image is nearer: " in str(NotNearer(projected(230, 20), 9))
    assert str(NotNearer(projected(128, 100), 9)).endswith(
        "refine optimizes the code of the encoder."
    )


def test_bad_arguments_are_refused(projector, target):
    with pytest.raises(ValueError, match="method must be one of auto, encode, optimize, refine"):
        projector(target, "guess")
    with pytest.raises(ValueError, match="must be optimize for GAN, which has no encoder; r"):
        projector(target, "refine")
    with pytest.raises(ValueError, match="candidates as many or more; received 3 and 2"):
        projector(target, restarts=3, candidates=2)
    with pytest.raises(ValueError, match="into models of images; this one makes points"):
        Projector(points(priors.Normal(2)))
