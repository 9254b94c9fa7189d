"""Networks with a reference batch, in a game."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, priors
from tfgan.models import GAN
from tfgan.networks import virtual_batch
from tfgan.runs import Checkpoints

RANDOM = np.random.RandomState(0)
REFERENCE = {"latent": RANDOM.randn(5, 3), "label": np.arange(5) % 3}


def network():
    latent = keras.Input((3,), name="latent")
    label = keras.Input((), dtype="int32", name="label")
    x = keras.layers.Concatenate()([latent, keras.layers.Embedding(3, 2)(label)])
    x = keras.layers.Activation("tanh")(
        layers.VirtualBatchNormalization(5)(keras.layers.Dense(8)(x))
    )
    return keras.Model({"latent": latent, "label": label}, keras.layers.Dense(2)(x))


def test_an_example_does_not_depend_on_its_batch():
    generator = virtual_batch.with_reference(network(), REFERENCE)
    rows = {"latent": RANDOM.randn(4, 3).astype("float32"), "label": np.array([0, 1, 2, 0])}
    for training in (False, True):
        together = np.asarray(generator(rows, training=training))
        assert together.shape == (4, 2)
        alone = generator({n: x[1:2] for n, x in rows.items()}, training=training)
        np.testing.assert_allclose(alone[0], together[1], atol=1e-6)


def test_another_reference_changes_the_output():
    inner = network()
    rows = {"latent": RANDOM.randn(2, 3).astype("float32"), "label": np.array([0, 1])}
    outputs = [
        virtual_batch.with_reference(inner, REFERENCE | {"latent": scale * REFERENCE["latent"]})(
            rows
        )
        for scale in (1.0, 2.0)
    ]
    assert np.abs(outputs[0] - outputs[1]).min() > 1e-5


def gan(scale=1.0, optimizer="adam"):
    """A game whose generator has a reference of a scale."""
    keras.utils.set_random_seed(1)
    reference = REFERENCE | {"latent": scale * REFERENCE["latent"]}
    data, label = keras.Input((2,), name="data"), keras.Input((), dtype="int32", name="label")
    x = keras.layers.Concatenate()([data, keras.layers.Embedding(3, 2)(label)])
    judge = keras.Model({"data": data, "label": label}, keras.layers.Dense(1)(x))
    generator = virtual_batch.with_reference(network(), reference)
    model = GAN(generator, judge, prior=priors.Normal(3), classes=3)
    model.compile("non_saturating", optimizer, average_half_life=100.0)
    return model


BATCH = {"data": RANDOM.randn(8, 2).astype("float32"), "label": np.arange(8, dtype=np.int32) % 3}


def test_the_reference_is_in_the_checkpoint_and_in_the_average(tmp_path):
    model, other = gan(), gan(scale=2.0)
    model.train_step(BATCH)
    name = "reference_latent"
    references = [m.get_layer(name).reference for m in (model.generator, model.average)]
    np.testing.assert_array_equal(*references)
    assert np.abs(references[0] - other.generator.get_layer(name).reference).max() > 0.1
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    np.testing.assert_array_equal(other.generator.get_layer(name).reference, references[0])
    one, same = (m.sample(4, seed=2)["data"] for m in (model, other))
    np.testing.assert_array_equal(one, same)


def test_two_replicas_take_the_step_of_one_device(two_replicas):
    alone = gan(optimizer="sgd")  # Adam would enlarge the rounding of gradients near 0
    with two_replicas.scope():
        together = gan(optimizer="sgd")
    repeated = tf.data.Dataset.from_tensors(BATCH).repeat()
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=2, shuffle=False, verbose=0)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_game_refuses_a_network_without_its_reference():
    with pytest.raises(ValueError, match=r"The generator must have a reference.*with_reference\("):
        GAN(network(), keras.layers.Dense(1), prior=priors.Normal(3), classes=3)


@pytest.mark.parametrize(
    "reference", [{"latent": REFERENCE["latent"]}, {n: x[:4] for n, x in REFERENCE.items()}]
)
def test_a_reference_that_does_not_fit_is_refused(reference):
    with pytest.raises(ValueError, match=r"reference must have .*normalization takes, \[5\]"):
        virtual_batch.with_reference(network(), reference)
