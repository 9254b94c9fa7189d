"""Networks of every kind become functional models with named inputs, on the same weights."""

import keras
import numpy as np
import pytest

from tfgan.models import functional

AVAILABLE = {"latent": ((3,), "float32"), "label": ((), "int32")}


class Own(keras.Model):
    """A network that is only called: with the dict of its inputs."""

    def __init__(self, **options):
        super().__init__(**options)
        self.dense = keras.layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs["latent"]) + keras.ops.cast(inputs["label"], "float32")[:, None]


def to_functional(network, available=AVAILABLE):
    return functional.to_functional(network, "generator", available, ["latent"])


def test_a_network_in_the_form_of_models_stays_itself():
    latent = keras.Input((3,), name="latent")
    network = keras.Model({"latent": latent}, keras.layers.Dense(2)(latent))
    assert to_functional(network) is network
    assert functional.copy_of_network(network, network, network) is network


@pytest.mark.parametrize("name", ["latent", "z"])
def test_a_single_input_of_any_name_takes_the_one_latent(name):
    network = keras.Sequential([keras.Input((3,), name=name), keras.layers.Dense(2)])
    model = to_functional(network)
    assert [tensor.name for tensor in model.inputs] == ["latent"]
    x = np.ones((4, 3), np.float32)
    np.testing.assert_array_equal(model({"latent": x}), network(x))


def test_a_network_that_is_only_called_gets_the_dict_of_all():
    network = Own(name="own")
    model = to_functional(network)
    assert {tensor.name for tensor in model.inputs} == {"latent", "label"}
    inputs = {"latent": np.ones((4, 3), np.float32), "label": np.arange(4, dtype=np.int32)}
    np.testing.assert_array_equal(model(inputs), network(inputs))
    copy = keras.models.clone_model(model)
    assert functional.copy_of_network(copy, model, network) is copy.get_layer(network.name)


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ("dense", "must be a keras.Model or a keras.layers.Layer; received str"),
        (keras.Sequential([keras.layers.Dense(2), keras.layers.Reshape((5,))]), "cannot be called"),
        (
            keras.Model(
                {"a": (a := keras.Input((1,), name="a")), "b": keras.Input((1,), name="b")}, a
            ),
            "The generator takes a, b; its inputs must be among label, latent",
        ),
    ],
)
def test_other_networks_are_refused(network, sentence):
    with pytest.raises(ValueError, match=sentence):
        to_functional(network)


def test_outputs_need_names_where_there_are_several():
    latent = keras.Input((3,), name="latent")
    with pytest.raises(ValueError, match="has 2 outputs without names"):
        to_functional(keras.Model({"latent": latent}, [latent, latent]))
    with pytest.raises(ValueError, match="must have an output named data; received other"):
        to_functional(keras.Model({"latent": latent}, {"other": keras.layers.Dense(1)(latent)}))
