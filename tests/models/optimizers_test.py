"""What `compile` takes as optimizers, and what it says of anything else."""

import keras
import pytest

from tfgan.models import optimizers

PLAYERS = ["generator", "discriminator"]


def sgd():
    return keras.optimizers.SGD(0.5)


def test_each_player_gets_what_is_given_for_it():
    given = {"discriminator": sgd(), "generator": "adam"}
    found = optimizers.by_player(given, PLAYERS)
    assert list(found) == PLAYERS
    assert found["discriminator"] is given["discriminator"]
    assert isinstance(found["generator"], keras.optimizers.Adam)


def test_a_name_gives_each_player_an_optimizer_of_its_own():
    one, other = optimizers.by_player("rmsprop", PLAYERS).values()
    assert isinstance(one, keras.optimizers.RMSprop) and one is not other


def test_a_config_is_an_optimizer():
    config = keras.optimizers.serialize(sgd())
    found = optimizers.by_player({"generator": config, "discriminator": "sgd"}, PLAYERS)
    assert float(found["generator"].learning_rate) == 0.5


def test_a_model_of_one_player_takes_its_optimizer_alone():
    optimizer = sgd()
    assert optimizers.by_player(optimizer, ["network"]) == {"network": optimizer}


def test_an_optional_player_may_be_left_out_or_be_none():
    for given in ({"one": sgd()}, {"one": sgd(), "more": None}):
        assert list(optimizers.by_player(given, ["one", "more"], optional=["more"])) == ["one"]


SHARED = sgd()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"generator": sgd()}, "must name generator, discriminator; received generator"),
        ({"generator": sgd(), "critic": sgd()}, "must name .*; received generator, critic"),
        ({}, "must name .*; received none"),
        (sgd(), "must be a dict with an optimizer for each of generator, discriminator"),
        ([sgd(), sgd()], "must be a dict with an optimizer for each"),
        (None, "must be a dict with an optimizer for each"),
        ("adamant", "optimizer of the generator must be a Keras optimizer, the name of one"),
        ({"generator": 1e-3, "discriminator": sgd()}, "received 0.001"),
        (dict.fromkeys(PLAYERS, SHARED), "Each player needs an optimizer of its own"),
    ],
)
def test_what_are_no_optimizers_is_refused(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        optimizers.by_player(given, PLAYERS)
