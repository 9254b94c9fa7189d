"""Directions of small models."""

import keras
import numpy as np
import pytest

from tfgan import latents, priors
from tfgan.models import sampling
from tfgan.runs.latent_tools import directions, draws

from .models import images, points


@pytest.fixture(scope="module")
def model():
    return images(priors.Uniform(4))


def test_sefa_is_that_of_the_first_kernel_and_the_sample_is_in_the_middle(model):
    result = directions.directions(model, count=3, steps=5, reach=0.4, seed=8)
    dense = next(x for x in model.generator.layers if isinstance(x, keras.layers.Dense))
    expected = latents.sefa(dense.get_weights()[0])
    np.testing.assert_allclose(result.directions.scores, expected.scores[:3], rtol=1e-4)
    walk, point = result.walk, draws.of_seeds(model, [8])["latent"]
    assert result.name == "latent" and walk.data.shape == (3, 5, 8, 8, 1)
    np.testing.assert_array_equal(walk.latents["latent"][:, 2], np.repeat(point, 3, axis=0))
    vectors = result.directions.vectors
    ends = point + 0.4 * np.linalg.norm(point) * vectors
    np.testing.assert_allclose(walk.latents["latent"][:, -1], np.clip(ends, -1, 1), atol=1e-5)


def test_pca_has_the_variances_of_the_first_activations(model):
    result = directions.directions(model, "pca", count=2, samples=60)
    scores = result.directions.scores
    assert scores[0] >= scores[1] > 0.0
    np.testing.assert_allclose(np.linalg.norm(result.directions.vectors, axis=1), 1.0)


def test_a_probe_raises_its_property():
    model = points(priors.Normal(4))
    result = directions.directions(
        model, "probe", target=lambda data: data[:, 0], samples=400, reach=1.0, steps=3
    )
    assert result.directions.scores[0] > 0.5  # of a network with one hidden layer
    low, middle, high = result.walk.data[0, :, 0]
    assert low < middle < high
    data = sampling.generate(model, result.walk.flat_latents)
    np.testing.assert_array_equal(data, result.walk.data[0])


def test_the_largest_vector_moves_and_classes_do_not():
    class Coded:
        prior = priors.Joint(
            [priors.Categorical(50), priors.Normal(3), priors.Uniform(2, name="c")]
        )
        latent_shapes = prior.shapes

    assert directions.moving_part(Coded()) == "latent"

    class Noisy:
        prior = priors.Noise()
        latent_shapes = prior.shapes

    with pytest.raises(ValueError, match="The latents of this model, noise, have no directions"):
        directions.moving_part(Noisy())


def test_bad_arguments_are_refused(model):
    with pytest.raises(ValueError, match="method must be one of pca, probe, sefa"):
        directions.directions(model, "ica")
    with pytest.raises(ValueError, match="target must be a function of images"):
        directions.directions(model, "probe", samples=20)
    wide = images(priors.Uniform(40))
    with pytest.raises(ValueError, match="samples must be more than 50 .* received 50"):
        directions.directions(wide, "probe", target=np.mean, samples=50)
