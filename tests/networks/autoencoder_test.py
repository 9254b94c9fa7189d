"""Networks of autoencoders: the form of codes, data and logits."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import autoencoder

SIZES = {"latent": 3, "code": 4}


def random(*shape):
    return tf.random.stateless_normal(shape, [0, len(shape)])


def test_an_encoder_makes_linear_codes_and_distributions_over_classes():
    keras.utils.set_random_seed(0)
    network = autoencoder.encoder((8, 8, 1), SIZES, categories=["code"], widths=(5,))
    codes = network({"data": random(6, 8, 8, 1)})
    assert {name: tuple(code.shape) for name, code in codes.items()} == {
        "latent": (6, 3), "code": (6, 4),
    }  # fmt: skip
    np.testing.assert_allclose(np.sum(codes["code"], axis=1), np.ones(6), atol=1e-6)
    assert np.min(codes["code"]) > 0.0 > np.min(codes["latent"])


@pytest.mark.parametrize("shape", [(8, 8, 1), (2,)], ids=str)
def test_a_decoder_makes_data_from_all_parts_of_the_code(shape):
    keras.utils.set_random_seed(0)
    network = autoencoder.decoder(shape, SIZES, widths=(32,))
    codes = {"latent": random(6, 3), "code": random(6, 4)}
    data = network(codes)
    assert data.shape == (6, *shape)
    if len(shape) == 3:
        assert np.abs(data).max() < 1.0
    for name in SIZES:
        other = network({**codes, name: codes[name] + 1.0})
        assert np.abs(other - data).max(axis=tuple(range(1, data.ndim))).min() > 0.0


def test_each_part_of_the_code_is_judged_alone():
    network = autoencoder.discriminator(SIZES, widths=(5,))
    codes = {"latent": random(6, 3), "code": random(6, 4)}
    logits, other = network(codes), network({**codes, "code": codes["code"] + 1.0})
    assert logits["latent"].shape == logits["code"].shape == (6, 1)
    np.testing.assert_array_equal(logits["latent"], other["latent"])
    assert np.abs(logits["code"] - other["code"]).min() > 0.0


def test_a_discriminator_that_is_told_the_label_judges_by_it():
    network = autoencoder.discriminator({"latent": 2}, classes=3, widths=(5,))
    codes = {"latent": random(1, 2)}
    judged = [
        float(network({**codes, "label": tf.constant([y])})["latent"][0, 0]) for y in range(3)
    ]
    assert len(set(judged)) == 3


def test_spread_examples_start_in_many_classes_where_others_fall_into_one():
    draw = np.random.default_rng(0)
    # Examples that have much in common, as images on a dark ground have.
    data = tf.constant(20.0 + draw.normal(size=(64, 6)), tf.float32)
    used = {}
    for normalize_codes in (False, True):
        keras.utils.set_random_seed(0)
        network = autoencoder.encoder(
            (6,), {"code": 8}, categories=["code"], normalize_codes=normalize_codes, widths=(16,)
        )
        code = network({"data": data}, training=True)["code"].numpy()
        np.testing.assert_allclose(code.sum(axis=1), 1.0, rtol=1e-5)
        used[normalize_codes] = len(set(code.argmax(axis=1)))
    assert used[False] == 1
    assert used[True] == 8
