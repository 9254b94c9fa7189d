"""Errors of images: values, gradients, and which features there are."""

import numpy as np
import pytest

from tfgan import extractors, priors
from tfgan.models import GAN, sampling
from tfgan.networks import dcgan, packing
from tfgan.runs.latent_tools import draws, image_errors
from tfgan.runs.latent_tools.image_errors import ImageErrors

from .models import images, vivid


@pytest.fixture(scope="module")
def model():
    return vivid(images(priors.Uniform(4)))


@pytest.fixture(scope="module")
def digits():
    return extractors.open_extractor("digits")


def test_the_errors_are_those_of_the_images_and_their_features(model, digits):
    rows = draws.of_seeds(model, range(3))
    target = np.full((8, 8, 1), 64, np.uint8)
    errors = ImageErrors(model, digits)
    pixels, features = errors.of(rows, target)
    data = model.generate(rows)
    difference = (data + 1.0) / 2.0 - 64 / 255
    np.testing.assert_allclose(pixels, np.sqrt(np.mean(difference**2, axis=(1, 2, 3))), rtol=1e-4)
    levels = np.float32((data + 1.0) * 127.5)
    of_data, of_target = digits(levels).features, digits(target[None]).features
    expected = np.linalg.norm(of_data - of_target, axis=1)
    np.testing.assert_allclose(features, expected, rtol=1e-3)
    assert errors.space == "features of digits"


@pytest.mark.parametrize("classes", [None, 3])
def test_the_features_of_the_discriminator_are_what_its_last_layer_reads(classes):
    model = vivid(images(priors.Uniform(4), classes))
    rows = draws.of_seeds(model, range(2), None, {"label": 1} if classes else {})
    [target] = sampling.generate(model, draws.rows(rows, [1]))
    errors = ImageErrors(model, None)
    _, features = errors.of(rows, target)
    network = image_errors._before_the_last_layer(model)
    inputs = {"data": model.generate(rows), "label": rows.get("label")}
    codes = np.asarray(network({tensor.name: inputs[tensor.name] for tensor in network.inputs}))
    distance = np.linalg.norm(codes[0] - codes[1])
    np.testing.assert_allclose(features, [distance, 0.0], atol=0.05 * distance)  # whole levels
    assert errors.space == "features of the discriminator"


def test_the_gradients_are_those_of_finite_differences(model, digits):
    rows = draws.of_seeds(model, range(2))
    target = np.full((8, 8, 1), 64, np.uint8)
    loss = ImageErrors(model, digits).loss(target, (0.5, 4.0))
    losses, gradients = loss(rows)
    pixels, features = ImageErrors(model, digits).of(rows, target)
    np.testing.assert_allclose(losses, (pixels / 0.5) ** 2 + (features / 4.0) ** 2, rtol=1e-4)
    step = np.float32(2e-3) * np.float32([[1, -1, 1, 1]] * 2)
    ends = [loss({"latent": rows["latent"] + sign * step})[0] for sign in (1, -1)]
    along = np.sum(gradients["latent"] * step, axis=1)
    np.testing.assert_allclose(along, (ends[0] - ends[1]) / 2.0, rtol=0.05, atol=1e-6)


def test_a_discriminator_that_compares_images_leaves_the_pixels():
    packed = packing.discriminator(dcgan.discriminator, (8, 8, 1), 2, width=2)
    model = GAN(dcgan.generator((8, 8, 1), 4, width=2), packed, prior=priors.Uniform(4))
    errors = ImageErrors(model, None)
    rows = draws.of_seeds(model, range(3))
    pixels, features = errors.of(rows, np.zeros((8, 8, 1), np.uint8))
    np.testing.assert_array_equal(pixels, features)
    assert errors.space == "pixels"
