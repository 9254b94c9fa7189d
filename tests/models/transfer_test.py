"""Layers are taken in their order where they fit; normalization is frozen with what it follows."""

import keras
import numpy as np
import pytest

from tfgan import priors
from tfgan.models import GAN, transfer


def gan(generator_units=(4,), discriminator=None, seed=0):
    keras.utils.set_random_seed(seed)
    x = latent = keras.Input((2,), name="latent")
    for units in generator_units:
        x = keras.layers.Dense(units)(x)
    data = keras.Input((2,), name="data")
    logits = (discriminator or keras.layers.Dense(1))(data)
    model = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(x)),
        keras.Model({"data": data}, logits),
        prior=priors.Normal(2),
    )
    model.compile("non_saturating", "sgd", jit_compile=False)
    return model


def normalized(data):
    x = keras.layers.Dense(3, name="one")(data)
    x = keras.layers.BatchNormalization(name="norm_one")(x)
    x = keras.layers.Dense(3, name="two")(x)
    x = keras.layers.BatchNormalization(name="norm_two")(x)
    return keras.layers.Dense(1, name="head")(x)


def test_a_deeper_network_takes_the_layers_that_it_has_too():
    shallow, deep = gan((4,)), gan((4, 4), seed=1)
    fresh = [each.get_weights() for each in deep.generator.layers]
    generator, discriminator = transfer.transfer_weights(deep, shallow)
    assert len(generator.transferred) == 2 and len(generator.skipped) == 1
    assert len(discriminator.transferred) == 1 and discriminator.skipped == []
    first, middle, last = (layer.get_weights()[0] for layer in deep.generator.layers[1:])
    np.testing.assert_array_equal(first, shallow.generator.layers[1].get_weights()[0])
    np.testing.assert_array_equal(middle, fresh[2][0])
    np.testing.assert_array_equal(last, shallow.generator.layers[2].get_weights()[0])
    for mean, weight in zip(deep.average.get_weights(), deep.generator.get_weights(), strict=True):
        np.testing.assert_array_equal(mean, weight)


def test_what_does_not_fit_is_listed_with_its_shapes():
    generator, _ = transfer.transfer_weights(gan((5,)), gan((4,)))
    assert generator.transferred == []
    assert generator.skipped[0].endswith("[(2, 5), (5,)]")


@pytest.mark.parametrize(("count", "frozen"), [(1, ["one", "norm_one"]), (2, 4)])
def test_normalization_is_frozen_with_the_layer_that_it_follows(count, frozen):
    model = gan(discriminator=normalized)
    transfer.freeze_discriminator(model, count)
    names = [layer.name for layer in model.discriminator.layers[1:] if not layer.trainable]
    assert names == (frozen if isinstance(frozen, list) else ["one", "norm_one", "two", "norm_two"])
    before = [np.array(each) for each in model.discriminator.get_weights()]
    model.fit(np.random.default_rng(0).normal(size=(16, 2)).astype(np.float32), verbose=0)
    same = [
        np.array_equal(a, b) for a, b in zip(before, model.discriminator.get_weights(), strict=True)
    ]
    whole = 6 * count  # kernel, bias; gamma, beta, moving mean and variance
    assert all(same[:whole]) and not all(same[whole:])


def test_layers_of_a_condition_stay():
    def labelled():
        data, label = keras.Input((2,), name="data"), keras.Input((), dtype="int32", name="label")
        known = keras.layers.Embedding(3, 2, name="embedding")(label)
        x = keras.layers.Dense(3, name="one")(data)
        x = keras.layers.Concatenate()([x, known])
        return keras.Model({"data": data, "label": label}, keras.layers.Dense(1, name="head")(x))

    latent, label = keras.Input((2,), name="latent"), keras.Input((), dtype="int32", name="label")
    known = keras.layers.Embedding(3, 2)(label)
    x = keras.layers.Dense(2)(keras.layers.Concatenate()([latent, known]))
    generator = keras.Model({"latent": latent, "label": label}, x)
    model = GAN(generator, labelled(), prior=priors.Normal(2), classes=3)
    model.compile("non_saturating", "sgd", jit_compile=False)
    transfer.freeze_discriminator(model, 1)
    frozen = [layer.name for layer in model.discriminator.layers if not layer.trainable]
    assert frozen == ["one"]
