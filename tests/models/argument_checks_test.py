"""Arrays of callers are refused in one sentence, before a network runs."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities, priors
from tfgan.models import GAN, argument_checks, sampling
from tfgan.networks import mlp


class Made:
    """A stand-in for a model of some kind of data."""

    def __init__(self, modality, sample_shape):
        self.modality, self.sample_shape = modality, sample_shape


IMAGES = Made(modalities.Images(), (4, 4, 1))
POINTS = Made(modalities.Points(), (2,))
TEXTS = Made(modalities.Texts("\nab"), (5, 3))
MASKS = Made(modalities.Masks(("a", "b")), (4, 4, 2))


@pytest.mark.parametrize(
    ("model", "data", "dtype"),
    [
        (IMAGES, np.full((3, 4, 4, 1), 255), np.uint8),
        (IMAGES, tf.zeros((0, 4, 4, 1), tf.uint8), np.uint8),
        (POINTS, [[1, 2]], np.float32),
        (TEXTS, np.full((2, 5), 2), np.int32),
        (MASKS, np.ones((1, 4, 4, 1), np.uint8), np.uint8),
    ],
)
def test_raw_data_have_the_type_of_their_kind(model, data, dtype):
    array = argument_checks.raw_data(model, data)
    assert array.dtype == dtype and array.tolist() == np.asarray(data).tolist()


@pytest.mark.parametrize(
    ("model", "data", "sentence"),
    [
        (IMAGES, np.zeros((4, 4, 1), np.uint8),
         r"data must be uint8 images \[n, 4, 4, 1\]; received uint8 \[4, 4, 1\]"),
        (IMAGES, np.zeros((2, 5, 4, 1), np.uint8), r"received uint8 \[2, 5, 4, 1\]"),
        (IMAGES, np.zeros((2, 4, 4, 1)), r"received float64 \[2, 4, 4, 1\]"),
        (IMAGES, np.zeros((2, 4, 4, 1), bool), "received bool"),
        (IMAGES, np.full((2, 4, 4, 1), 256), "data must hold numbers from 0 to 255; received 256"),
        (IMAGES, np.full((2, 4, 4, 1), -1), "data must hold numbers from 0 to 255; received -1"),
        (IMAGES, None, r"received object \[\]"),
        (IMAGES, [[1], [1, 2]], "received a ragged list"),
        (IMAGES, "a.png", r"data must be uint8 images .*; received str"),
        (MASKS, np.full((2, 4, 4, 1), 2), "data must hold numbers from 0 to 1; received 2"),
        (TEXTS, np.full((2, 5), 3), "data must hold numbers from 0 to 2; received 3"),
        (POINTS, [[1.0, np.nan]], "data must be finite float32 numbers; received nan"),
        (POINTS, [[1.0, 1e300]], r"data must be finite float32 numbers; received 1e\+300"),
        (POINTS, [[1.0, 1j]], r"data must be float32 points \[n, 2\]; received complex128"),
    ],
)  # fmt: skip
def test_other_data_are_refused(model, data, sentence):
    with pytest.raises(ValueError, match=sentence):
        argument_checks.raw_data(model, data)


@pytest.fixture(scope="module")
def conditional():
    latent, label = keras.Input((3,), name="latent"), keras.Input((), dtype="int32", name="label")
    joined = keras.layers.Concatenate()([latent, keras.layers.Embedding(4, 2)(label)])
    generator = keras.Model({"latent": latent, "label": label}, keras.layers.Dense(2)(joined))
    discriminator = mlp.discriminator((2,), widths=(4,))
    return GAN(generator, discriminator, prior=priors.Normal(3), classes=4)


INPUTS = {"latent": np.zeros((2, 3)), "label": np.array([0, 3])}


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({}, "inputs must be arrays with one row per sample, .*; received none of them"),
        (np.zeros((2, 3)), "inputs must be a dict of arrays .*; received ndarray"),
        ({"label": [0]}, "inputs must be arrays with one row per sample"),
        (INPUTS | {"latent": np.zeros((3, 3))}, "inputs must be arrays with one row per sample"),
        (INPUTS | {"latent": np.full((2, 3), np.nan)}, "latent must be finite float32 numbers"),
        (INPUTS | {"latent": np.full((2, 3), 1e39)}, r"received 1e\+39"),
        (INPUTS | {"latent": np.zeros((2, 3), bool)}, "latent must be numbers; received bool"),
        (INPUTS | {"latent": np.full((2, 3), "a")}, "latent must be numbers; received str"),
        (INPUTS | {"latent": [[1.0], [1.0, 2.0]]}, "latent must be an array; received a ragged"),
        (INPUTS | {"label": np.array([0, 4])}, "label must hold numbers from 0 to 3; received 4"),
        (INPUTS | {"label": np.array([-1, 0])}, "label must hold numbers from 0 to 3; received -1"),
        (INPUTS | {"label": np.array([0.0, 1.0])}, "label must be whole numbers; received float64"),
        (INPUTS | {"label": np.array([True, False])}, "label must be whole numbers; received bool"),
    ],
)  # fmt: skip
def test_other_inputs_of_the_generator_are_refused(conditional, inputs, sentence):
    with pytest.raises(ValueError, match=sentence):
        sampling.generate(conditional, inputs)


def test_inputs_of_other_types_make_the_same_data(conditional):
    data = sampling.generate(conditional, INPUTS)
    others = {"latent": np.zeros((2, 3), int), "label": np.array([0, 3], np.uint8), "more": "x"}
    np.testing.assert_array_equal(sampling.generate(conditional, others), data)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"label": 1.5}, "label must be a whole number, 0 to 3; received 1.5"),
        ({"label": True}, "label must be a whole number, 0 to 3; received True"),
        ({"label": [0, np.nan]}, "label must be a whole number, 0 to 3; received 0.0"),
        ({"label": "a"}, "label must be a whole number, 0 to 3; received 'a'"),
        ({"start": -5}, "start must be a whole number, at least 0; received -5"),
        ({"start": 2**31 - 1}, "start \\+ count must be 2,147,482,648 at most; received"),
        ({"seed": 2**64}, r"seed must be a whole number of 64 bits, -2\^63 to 2\^64 - 1; received"),
        ({"seed": 1.5}, "seed must be a whole number of 64 bits"),
        ({"seed": None}, "seed must be a whole number of 64 bits, .*; received None"),
        ({"truncation": np.nan}, "truncation must be a number; received nan"),
        ({"truncation": "1"}, "truncation must be a number; received '1'"),
    ],
)
def test_samples_and_latents_have_whole_numbers_in_range(conditional, arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        conditional.sample(2, **arguments)
    with pytest.raises(ValueError, match=sentence):
        sampling.latents(conditional, 2, **arguments)


@pytest.mark.parametrize("count", [-1, 2.0, True, None])
def test_counts_are_whole_numbers(conditional, count):
    with pytest.raises(ValueError, match="count must be a whole number, at least 0; received"):
        conditional.sample(count)
