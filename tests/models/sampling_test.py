"""Samples are numbered, labelled and truncated as asked for."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors
from tfgan.models import GAN


def model_of(classes=None, generator=None):
    """An untrained GAN on points of three dimensions."""
    keras.utils.set_random_seed(1)
    data = keras.Input((3,), name="data")
    critic = keras.Model({"data": data}, keras.layers.Dense(1)(data))
    generator = generator or small_generator(classes)
    return GAN(generator, critic, prior=priors.Normal(3), classes=classes)


def small_generator(classes):
    inputs = {"latent": keras.Input((3,), name="latent")}
    hidden = keras.layers.Dense(8, activation="tanh")(inputs["latent"])
    if classes:
        inputs["label"] = keras.Input((), dtype="int32", name="label")
        embedded = keras.layers.Embedding(classes, 8)(inputs["label"])
        hidden = keras.layers.Add()([hidden, embedded])
    return keras.Model(inputs, keras.layers.Dense(3)(hidden))


def test_sample_i_of_a_seed_does_not_depend_on_how_many_are_drawn():
    model = model_of()
    many = model.sample(600, seed=4)["data"]  # in three passes
    assert many.shape == (600, 3)
    assert len(np.unique(many, axis=0)) == 600
    np.testing.assert_array_equal(model.sample(3, seed=4)["data"], many[:3])
    np.testing.assert_array_equal(model.sample(5, seed=4, start=510)["data"], many[510:515])


def test_a_prior_of_the_user_may_draw_by_any_operation():
    class Own(priors.Normal):
        def __call__(self, count, seed, truncation=None):
            return {self.name: tf.random.stateless_normal((count, self.size), seed)}

    model = model_of()
    model.prior = Own(3)
    many = model.sample(4, seed=4)["data"]
    np.testing.assert_array_equal(model.sample(1, seed=4, start=2)["data"][0], many[2])
    assert np.abs(many[0] - many[1]).min() > 0


def test_samples_of_two_seeds_differ():
    model = model_of()
    assert np.abs(model.sample(9, seed=1)["data"] - model.sample(9, seed=2)["data"]).min() > 0


def test_samples_come_from_the_average_unless_the_last_weights_are_asked_for():
    model = model_of()
    model.step.assign(1)  # before the first step weights that were loaded count at once
    model.generator.set_weights([value + 1.0 for value in model.generator.get_weights()])
    averaged = model.sample(4)["data"]
    raw = model.use_weights("last").sample(4)["data"]
    assert np.abs(averaged - raw).min() > 0.1


def test_truncation_keeps_latents_within_its_bound():
    inputs = keras.Input((3,), name="latent")
    copy = keras.Model({"latent": inputs}, keras.layers.Identity()(inputs))
    model = model_of(generator=copy)
    assert np.abs(model.sample(200)["data"]).max() > 0.5
    assert np.abs(model.sample(200, truncation=0.5)["data"]).max() <= 0.5


def test_a_conditional_model_samples_the_labels_asked_for():
    model = model_of(classes=5)
    assert set(model.sample(40)["label"]) == {0, 1, 2, 3, 4}
    assert list(model.sample(3, label=2)["label"]) == [2, 2, 2]
    assert list(model.sample(3, label=[4, 0, 1])["label"]) == [4, 0, 1]
    one, two = model.sample(3, label=1)["data"], model.sample(3, label=2)["data"]
    assert np.abs(one - two).max() > 0


@pytest.mark.parametrize("label", [5, -1])
def test_a_label_out_of_range_is_refused(label):
    with pytest.raises(ValueError, match=f"label must be 0 to 4; received {label}"):
        model_of(classes=5).sample(1, label=label)


def test_a_label_for_an_unconditional_model_is_refused():
    with pytest.raises(ValueError, match="takes no labels"):
        model_of().sample(1, label=3)


def test_generate_takes_latents_in_any_number_and_conditions():
    model = model_of(classes=5)
    latent = np.random.default_rng(0).standard_normal((130, 3)).astype(np.float32)
    label = (np.arange(130) % 5).astype(np.int32)
    made = model.generate({"latent": latent, "label": label})
    assert made.shape == (130, 3) and made.dtype == np.float32
    few = model.generate({"latent": latent[7:9], "label": label[7:9]})
    np.testing.assert_array_equal(few, made[7:9])
    expected = model.average({"latent": latent, "label": label}).numpy()
    np.testing.assert_allclose(made, expected, atol=1e-6)
    model.generator.set_weights([value + 1.0 for value in model.generator.get_weights()])
    raw = model.use_weights("last").generate({"latent": latent, "label": label})
    assert np.abs(raw - made).min() > 0.1
