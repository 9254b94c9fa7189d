"""A generator that is also an encoder: pairs, who moves, and that the two invert each other."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors, terms
from tfgan.models import GAN

MEAN, DEVIATION = 2.0, 1.5


def linear(name):
    return keras.layers.Dense(1, kernel_initializer="ones", name=name)


def generator(code="latent"):
    """G(z) = a z + b and E(x) = c x + d, at first both the identity."""
    inputs = {name: keras.Input((1,), name=name) for name in ("latent", "data")}
    outputs = {"data": linear("decoder")(inputs["latent"]), code: linear("code")(inputs["data"])}
    return keras.Model(inputs, outputs)


def discriminator(width=32):
    inputs = {name: keras.Input((1,), name=name) for name in ("data", "latent")}
    x = keras.layers.Concatenate()(list(inputs.values()))
    for _ in range(2):
        x = keras.layers.Dense(width, activation="tanh")(x)
    return keras.Model(inputs, keras.layers.Dense(1, use_bias=False)(x))


def gan(rate=0.0, network=None, **arguments):
    keras.utils.set_random_seed(1)
    model = GAN(generator(), network or discriminator(), prior=priors.Normal(1))
    optimizers = {
        "generator": keras.optimizers.Adam(rate, 0.0),
        "discriminator": keras.optimizers.Adam(4.0 * rate, 0.0),
    }
    loss = losses.exchanged(losses.non_saturating())
    model.compile(loss=loss, optimizers=optimizers, **arguments)
    return model


def points(count, seed=0):
    return MEAN + DEVIATION * np.random.default_rng(seed).normal(size=(count, 1)).astype("float32")


@pytest.mark.second_stage("games")
def test_a_linear_pair_learns_the_data_and_the_inverse():
    model = gan(4e-3, penalties=penalties.Penalty(penalties.r1, 0.1), average_half_life=20_000.0)
    batches = tf.data.Dataset.from_tensor_slices(points(256 * 64)).batch(256).repeat()
    model.fit(batches, steps_per_epoch=1200, verbose=0)
    z = np.linspace(-1.5, 1.5, 7, dtype=np.float32)[:, None]
    images = model.generate({"latent": z})
    np.testing.assert_allclose(images, MEAN + DEVIATION * z, atol=0.25)
    np.testing.assert_allclose(model.encode(images), z, atol=0.15)


def difference():
    """D(x, z) = x - 2 z."""
    inputs = {name: keras.Input((1,), name=name) for name in ("data", "latent")}
    joined = keras.layers.Concatenate()([inputs["data"], inputs["latent"]])
    last = keras.layers.Dense(1, use_bias=False)
    model = keras.Model(inputs, last(joined))
    last.kernel.assign([[1.0], [-2.0]])
    return model


def test_real_data_come_with_their_codes_and_fakes_with_their_latents():
    model, seen = gan(network=difference()), []

    def record(turn):
        seen.append(turn)
        return turn.critic(turn.real["data"])

    model.terms = (terms.Term(record, "discriminator"),)
    data = points(8)
    model.batch_losses({"data": tf.constant(data)}, model.training_mode)
    # With G and E the identity: D(x, E(x)) = -x, and D(G(z), z) = -z.
    np.testing.assert_allclose(seen[0].real_outputs["logits"], -data, atol=1e-6)
    np.testing.assert_allclose(seen[0].critic(seen[0].real["data"]), -data, atol=1e-6)
    z = seen[0].latents["latent"]
    np.testing.assert_allclose(seen[0].fake_outputs["logits"], -z, atol=1e-6)


def test_each_player_moves_on_both_sides_of_its_own():
    model = gan(0.01)
    before = {name: [np.array(v) for v in model.networks[name].weights] for name in model.networks}
    model.train_step({"data": tf.constant(points(32))})
    for name, network in model.networks.items():
        for old, new in zip(before[name], network.weights, strict=True):
            assert np.abs(np.array(new) - old).max() > 1e-4, new.path


def test_codes_are_those_of_the_weights_in_use_and_have_the_prior_of_the_latent():
    model = gan(0.01, average_half_life=100.0)
    model.train_step({"data": tf.constant(points(32))})
    model.generator.get_layer("code").kernel.assign([[5.0]])
    data = points(3)
    average = model.encode(data)
    last = model.use_weights("last").encode(data)
    np.testing.assert_allclose(last - model.codes(data)["latent"], 0.0)
    assert model.code_shapes == {"latent": (1,)} and model.category is None
    assert model.has_encoder
    np.testing.assert_array_equal(model.encoded(tf.constant(data))["latent"], last)
    assert np.abs(last - average).min() > 1.0


def test_a_generator_that_takes_data_must_encode_them():
    with pytest.raises(ValueError, match="must also have an output with the name of a latent"):
        GAN(generator("features"), discriminator(), prior=priors.Normal(1))


def test_a_code_must_have_the_shape_of_its_latent():
    inputs = {"latent": keras.Input((2,), name="latent"), "data": keras.Input((1,), name="data")}
    outputs = {
        "data": linear("decoder")(inputs["latent"]),
        "latent": linear("code")(inputs["data"]),
    }
    with pytest.raises(ValueError, match=r"the generator's code of that name has the shape \(1,\)"):
        GAN(keras.Model(inputs, outputs), discriminator(), prior=priors.Normal(2))
