"""Networks under Keras' precision policies, with heads of any type, and frozen networks."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import penalties, priors, terms
from tfgan.models import GAN

DATA = np.random.default_rng(0).normal(size=(32, 2)).astype(np.float32)


@pytest.fixture
def policy(request):
    keras.config.set_dtype_policy(request.param)
    yield request.param
    keras.config.set_dtype_policy("float32")


def dense(inputs, size):
    hidden = keras.layers.Dense(8, activation="relu", kernel_regularizer="l2")
    return keras.Sequential([keras.Input((inputs,)), hidden, keras.layers.Dense(size)])


def gan(**options):
    keras.utils.set_random_seed(1)
    model = GAN(dense(3, 2), dense(2, 1), prior=priors.Normal(3))
    model.compile("non_saturating", "sgd", average_half_life=64.0, **options)
    return model


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16"], indirect=True)
def test_what_is_computed_of_outputs_is_float32_under_every_policy(policy, simultaneous):
    seen = []

    def see(turn):
        seen.extend([turn.fake, *turn.real_outputs.values(), *turn.fake_outputs.values()])
        return turn.fake_outputs["logits"]

    given = [terms.Term(see, "generator", 1e-3)]
    if policy != "mixed_float16":
        given.append(penalties.Penalty(penalties.r1, 1.0))
    model = gan(terms=given, gradient_norms=True, simultaneous=simultaneous)
    before = [np.array(value) for value in model.generator.get_weights()]
    logs = model.train_step({"data": DATA})
    assert {value.dtype for value in logs.values()} == {tf.float32}
    assert {value.dtype for value in seen} == {tf.float32}
    assert all(np.isfinite(value) for value in logs.values())
    assert {variable.dtype for variable in model.average.variables} == {"float32"}
    assert any((a != b).any() for a, b in zip(before, model.generator.get_weights(), strict=True))
    for weights in ("average", "last"):
        assert model.use_weights(weights).sample(3)["data"].dtype == np.float32


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "bfloat16"], indirect=True)
def test_heads_of_half_precision_train_through_keras(policy):
    history = gan().fit(DATA, batch_size=8, epochs=2, verbose=0).history
    assert np.isfinite(list(history.values())).all()


@pytest.mark.parametrize("policy", ["bfloat16"], indirect=True)
def test_an_optimizer_that_could_not_move_half_precision_weights_is_refused(policy):
    model = gan()
    with pytest.raises(ValueError, match="generator are bfloat16, in which beta_2=0.999 of its Ad"):
        model.compile("hinge", "adam")
    model.compile("hinge", {p: keras.optimizers.Adam(beta_2=0.99) for p in terms.PLAYERS})


def frozen(player, **options):
    networks = {"generator": dense(3, 2), "discriminator": dense(2, 1)}
    networks[player].trainable = False
    model = GAN(**networks, prior=priors.Normal(3))
    model.compile("hinge", "adam", gradient_norms=True, **options)
    return model


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("player", ["generator", "discriminator"])
def test_a_frozen_network_stays_as_it_is_without_a_warning(player, simultaneous):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = frozen(player, simultaneous=simultaneous)
        networks = model.generator, model.discriminator
        start = [[np.array(value) for value in network.get_weights()] for network in networks]
        model.train_step({"data": DATA})
    end = [network.get_weights() for network in networks]
    moved = [
        any((a != b).any() for a, b in zip(one, other, strict=True))
        for one, other in zip(start, end, strict=True)
    ]
    assert moved == [player != "generator", player != "discriminator"]
    assert model.steps_done == 1


def test_no_samples_are_arrays_of_their_shape_and_type():
    model = gan()
    none, one = model.sample(0), model.sample(1)
    assert {name: (rows.shape, rows.dtype) for name, rows in none.items()} == {
        name: ((0, *rows.shape[1:]), rows.dtype) for name, rows in one.items()
    }
    assert model.generate({"latent": np.zeros((0, 3), np.float32)}).shape == (0, 2)
