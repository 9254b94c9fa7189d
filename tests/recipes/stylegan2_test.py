"""stylegan2: truncation, the tools of the latent space, labels, presets, and bfloat16."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import latents, recipes
from tfgan.latents import first_layer
from tfgan.models import sampling
from tfgan.networks import stylegan2
from tfgan.recipes.stylegan2 import PRESETS
from tfgan.runs.latent_tools.projection import Projector

from .tiny import BATCH, SPECS, batch, tiny


@pytest.fixture(scope="module")
def model():
    """A model with noise, whose styles have a mean."""
    model = tiny("stylegan2", latent_dim=8)
    for network in (model.generator, model.average):
        network.get_layer("styles").mean.assign(np.linspace(-0.5, 0.5, 8))
        for variable in network.trainable_variables + network.non_trainable_variables:
            if variable.name == "strength":
                variable.assign(0.1)
    return model


def spread(model, truncation):
    latent = sampling.latents(model, 16, seed=1, truncation=truncation)
    latent["noise"] = np.zeros((16, 2), np.int32)
    return np.std(model.sampling_network()(latent), axis=0).mean()


def test_truncation_draws_samples_together(model):
    spreads = [spread(model, truncation) for truncation in (1e-6, 0.3, 0.7, None)]
    assert spreads[0] < 1e-4
    assert all(a < b for a, b in zip(spreads, spreads[1:], strict=False))


def test_a_sample_depends_on_its_number_alone(model):
    many = model.sample(18, seed=3)["data"]
    np.testing.assert_array_equal(model.sample(1, seed=3, start=17)["data"], many[17:])


def test_a_path_leads_over_the_sphere_with_the_noise_of_its_start(model):
    ends = [sampling.latents(model, 2, seed=seed) for seed in (0, 1)]
    path = latents.interpolate(model.prior, *ends, steps=5)
    lengths = np.linalg.norm(path["latent"], axis=-1)
    np.testing.assert_allclose(lengths, np.sqrt(8.0), rtol=1e-5)
    np.testing.assert_array_equal(path["noise"][:, -1], ends[0]["noise"])
    np.testing.assert_array_equal(path["psi"], np.ones((2, 5, 1)))


def test_the_first_layer_is_that_of_the_mapping(model):
    dense = next(
        layer for layer in model.average.layers if type(layer).__name__ == "EqualizedDense"
    )
    kernel = np.asarray(dense.kernel) * dense.scale
    # Latents are scaled to a mean square of 1 first, unit vectors by sqrt(8).
    measured = first_layer.kernel(model.sampling_network(), "latent")
    np.testing.assert_allclose(measured, np.sqrt(8.0) * kernel, rtol=1e-4, atol=1e-6)


def test_a_sample_is_projected_nearer_than_the_nearest_candidate(model):
    image = model.sample(1, seed=99)["data"][0]
    projection = Projector(model)(image, steps=30, restarts=2, candidates=16)
    assert projection.match.distance < projection.nearest.distance
    assert set(projection.latents) == {"latent", "noise", "psi"}


def test_labels_enter_both_networks():
    model = tiny("stylegan2", labels=True, style_mixing=0.0, path_length_weight=0.0)
    assert model.classes == 3 and model.terms[-1].name == "penalty"
    for network in (model.generator, model.discriminator):
        assert "label" in network.input
    logs = model.train_step({k: tf.constant(v) for k, v in batch("stylegan2", model).items()})
    assert np.isfinite([float(value) for value in logs.values()]).all()
    with pytest.raises(ValueError, match="labels=True needs labels; the data has none"):
        recipes.make("stylegan2", {"labels": True}).build(SPECS["toy:stripes"], 0)


def test_a_step_in_bfloat16_is_finite():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = tiny("stylegan2", path_length_weight=2.0, style_mixing=0.9)
    finally:
        keras.config.set_dtype_policy(before)
    model.run_eagerly = True
    logs = model.train_step({k: tf.constant(v) for k, v in batch("stylegan2", model).items()})
    assert logs["path_length"] > 0.0 and logs["penalty"] > 0.0
    assert np.isfinite([float(value) for value in logs.values()]).all()
    assert model.sample(BATCH)["data"].dtype == np.uint8


@pytest.mark.parametrize("name", PRESETS)
def test_presets_name_parameters_in_their_ranges(name):
    values = recipes.resolve("stylegan2", {"preset": name})
    assert PRESETS[name].items() <= values.items()


@pytest.mark.parametrize(
    ("name", "side"), [("photos1024", 1024), ("photos256", 256), ("cifar10", 32)], ids=str
)
def test_presets_have_the_sizes_of_the_papers(name, side):
    """Those whose parameters tests/networks/stylegan2_test.py counts."""
    values = recipes.resolve("stylegan2", {"preset": name})
    expected = {1024: (32, 8), 256: (64, 8), 32: (512, 2)}[side]
    assert (values["width"], values["mapping_layers"]) == expected
    assert values["residual"] == (side != 32) and values["latent_dim"] == 512
    assert stylegan2.generator.__kwdefaults__["max_width"] == values["max_width"]
