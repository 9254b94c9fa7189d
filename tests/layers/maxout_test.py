"""Maxout against its formula in NumPy."""

import keras
import numpy as np
import pytest

from tfgan import layers


def test_a_unit_is_the_largest_of_its_pieces():
    layer = layers.Maxout(1, 3)
    layer.build((None, 1))
    layer.set_weights([np.array([[1.0, -1.0, 0.0]]), np.array([0.0, 0.0, 0.5])])
    # max(x, -x, 0.5)
    np.testing.assert_allclose(layer(np.array([[2.0], [-3.0], [0.1]])), [[2.0], [3.0], [0.5]])


def test_units_have_pieces_of_their_own():
    rng = np.random.RandomState(0)
    x, layer = rng.randn(5, 4).astype("float32"), layers.Maxout(3, 2)
    layer.build(x.shape)
    kernel, bias = rng.randn(4, 6), rng.randn(6)
    layer.set_weights([kernel, bias])
    pieces = [[x @ kernel[:, 2 * i + j] + bias[2 * i + j] for j in range(2)] for i in range(3)]
    np.testing.assert_allclose(layer(x), np.max(pieces, axis=1).T, atol=1e-5)
    assert layer.compute_output_shape(x.shape) == (5, 3)


@pytest.mark.parametrize(("units", "pieces"), [(0, 2), (2, 0)])
def test_sizes_below_one_are_refused(units, pieces):
    with pytest.raises(ValueError, match="units and pieces must be 1 or more"):
        layers.Maxout(units, pieces)


def test_config_makes_the_layer_again():
    layer = layers.Maxout(3, 2, kernel_initializer="ones", bias_constraint="non_neg")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    assert (again.units, again.pieces) == (3, 2)
    assert isinstance(again.kernel_initializer, keras.initializers.Ones)
    assert isinstance(again.bias_constraint, keras.constraints.NonNeg)
