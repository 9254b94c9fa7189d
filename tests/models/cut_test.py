"""Contrastive translation: its losses, who moves, resumption, replicas and refusals."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.models import CUT
from tfgan.runs import Checkpoints
from tfgan.terms import patch_nce

from .translators import SIDE, batch, discriminator, state, train


def generator():
    """Two convolutions, of which the first is a layer whose features are compared."""
    source = keras.Input((SIDE, SIDE, 3), name="source")
    x = keras.layers.Conv2D(4, 3, padding="same", activation="tanh", name="hidden")(source)
    return keras.Model({"source": source}, keras.layers.Conv2D(3, 1, activation="tanh")(x))


def heads(name="hidden"):
    features = keras.Input((None, 4), name=name)
    return keras.Model({name: features}, {name: keras.layers.Dense(5)(features)})


def cut(*, seed=1, rates=(0.1, 0.1), **arguments):
    keras.utils.set_random_seed(seed)
    model = CUT(generator(), discriminator(), heads())
    players = zip(("generator", "discriminator"), rates, strict=True)
    sgd = {name: keras.optimizers.SGD(rate) for name, rate in players}
    model.compile(**{"optimizers": sgd, "places": 6, **arguments})
    return model


def weights(network):
    return [np.array(variable) for variable in network.trainable_variables]


def has_moved(before, network):
    return any(np.any(a != b) for a, b in zip(before, weights(network), strict=True))


def test_the_contrast_is_that_of_the_generators_features_at_the_same_places():
    model, data = cut(rates=(0.0, 0.0)), batch()
    x = data["source"].astype(np.float32) / 127.5 - 1.0
    at = patch_nce.places(rng.fold(model.stream("places, source"), 0), 6, 16)
    assert len(at) == 6
    layer, head = model.generator.get_layer("hidden"), model.heads
    q, k = (
        head({"hidden": tf.gather(tf.reshape(layer(images), (4, 16, 4)), at, axis=1)})["hidden"]
        for images in (model.generator({"source": x}), x)
    )
    logs = train(model, 1)
    assert logs["nce"] == pytest.approx(np.mean(patch_nce.patch_nce(q, k)), rel=1e-5)


def test_blind_heads_are_at_chance():
    """Equal features: the logarithm of the places, of which there are 16."""
    model = cut(places=256, nce_weight=0.0)
    model.heads.set_weights([np.zeros((4, 5)), np.ones(5)])
    logs = model.test_on_batch(batch(), return_dict=True)
    assert logs["nce"] == pytest.approx(np.log(16.0), rel=1e-5)
    assert logs["identity"] == pytest.approx(np.log(16.0), rel=1e-5)


@pytest.mark.parametrize("frozen", ["generator", "discriminator"])
def test_each_optimizer_moves_its_own_player_and_the_heads_are_the_generators(frozen):
    model = cut(rates=(0.0, 0.1) if frozen == "generator" else (0.1, 0.0))
    before = {role: weights(network) for role, network in model.networks.items()}
    train(model, 1)
    moved = {role for role, network in model.networks.items() if has_moved(before[role], network)}
    assert moved == ({"discriminator"} if frozen == "generator" else {"generator", "heads"})


def test_a_resumed_run_continues_bit_for_bit(tmp_path):
    whole, first = cut(optimizers="adam"), cut(optimizers="adam")
    train(whole, 4)
    train(first, 2)
    Checkpoints(str(tmp_path), first).save()
    first.save(tmp_path / "model.keras")
    resumed = cut(optimizers="adam", seed=2)
    assert Checkpoints(str(tmp_path), resumed).restore()
    for model in (resumed, keras.models.load_model(tmp_path / "model.keras")):
        train(model, 2, first=2)
        for one, other in zip(state(whole), state(model), strict=True):
            np.testing.assert_array_equal(one, other)


def test_two_replicas_take_the_steps_of_one_device(two_replicas):
    alone = cut()
    with two_replicas.scope():
        together = cut()
    logs = [train(model, 3) for model in (alone, together)]
    assert logs[0] == pytest.approx(logs[1], rel=1e-4)
    for one, two in zip(state(alone), state(together), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-5)


def test_networks_and_arguments_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="heads must take layers of the generator; received 'x'"):
        CUT(generator(), discriminator(), heads("x"))
    for name, value in (("nce_weight", -1.0), ("places", 1), ("temperature", 0.0)):
        with pytest.raises(ValueError, match=f"{name} must be .*; received {value}"):
            cut(**{name: value})


def test_it_translates_in_one_direction():
    model, source = cut(), batch(2)["source"]
    assert model.sample(2, source=source)["data"].shape == (2, SIDE, SIDE, 3)
    assert list(model.translation_networks) == ["AtoB"]
    assert not model.has_cycle
