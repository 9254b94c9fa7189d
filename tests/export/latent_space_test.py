"""What a page is told about a latent space."""

import types

import keras
import numpy as np
import pytest

from tfgan import latents, priors
from tfgan.export import latent_space
from tfgan.networks import mlp


def model(prior, network):
    return types.SimpleNamespace(
        prior=prior, latent_shapes=dict(prior.shapes), sampling_network=lambda: network
    )


@pytest.mark.parametrize(
    ("prior", "part"),
    [
        (priors.Uniform(3, 0.0, 2.0), {"kind": "range", "low": 0.0, "high": 2.0}),
        (priors.Normal(3), {"kind": "normal"}),
        (priors.TruncatedNormal(3, 0.5), {"kind": "cut", "low": -0.5, "high": 0.5}),
        (priors.Sphere(4), {"kind": "sphere", "radius": 2.0}),
        (priors.Categorical(3, name="latent"), {"kind": "class"}),
        (priors.Noise(name="latent"), {"kind": "seed"}),
        (priors.SwissRoll(4), {"kind": "other"}),
    ],
    ids=repr,
)
def test_a_part_says_what_its_prior_draws(prior, part):
    assert latent_space.parts(prior) == {"latent": part}


def test_the_directions_are_the_first_of_the_largest_vector():
    prior = priors.Joint([priors.Normal(8), priors.Uniform(2, name="code")])
    inputs = {name: keras.Input(shape, name=name) for name, shape in prior.shapes.items()}
    dense = keras.layers.Dense(20)
    network = keras.Model(inputs, dense(keras.layers.Concatenate()(list(inputs.values()))))
    described = latent_space.directions(model(prior, network))
    assert described["part"] == "latent"
    expected = latents.sefa(np.asarray(dense.kernel)[:8]).first(6).vectors
    np.testing.assert_allclose(described["vectors"], expected, atol=2e-4)


def test_models_without_a_vector_or_a_kernel_have_no_directions():
    network = mlp.generator((2,), latent_dim=3, widths=(5,))
    assert latent_space.directions(model(priors.Normal(3), None)) is None
    assert latent_space.directions(model(priors.Noise(), network)) is None
    inputs = keras.Input((3,), name="latent")
    bare = keras.Model(inputs, keras.layers.ReLU()(inputs))
    assert latent_space.directions(model(priors.Normal(3), bare)) is None
