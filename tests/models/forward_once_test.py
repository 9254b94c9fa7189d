"""A pass that is computed once and differentiated later."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.models import forward_once


def network():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(2)]
    )


def outputs(layer):
    """What depends on the weights through the data, on them alone, and not at all."""
    data = layer(tf.ones((5, 3)))
    norm = tf.reduce_sum(tf.square(layer.trainable_variables[0].value))
    return {"data": data, "norm": norm, "count": tf.constant(5)}


@pytest.mark.parametrize("in_graph", [False, True])
@pytest.mark.parametrize("used", [["data"], ["norm"], ["data", "norm"]])
def test_the_gradients_are_those_of_the_call(in_graph, used):
    layer = network()
    variables = layer.trainable_variables

    def slopes(make):
        with tf.GradientTape() as tape:
            result = make()
            loss = tf.add_n([tf.reduce_sum(result[name] ** 3) for name in used])
        zero = tf.UnconnectedGradients.ZERO
        return tape.gradient(loss, [v.value for v in variables], unconnected_gradients=zero)

    def later():
        return slopes(forward_once.once(lambda: outputs(layer), variables))

    expected = slopes(lambda: outputs(layer))
    received = tf.function(later, autograph=False)() if in_graph else later()
    for one, other in zip(received, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_the_function_is_called_once():
    calls, layer = [], network()
    again = forward_once.once(lambda: calls.append(0) or outputs(layer), layer.trainable_variables)
    first, second = again(), again()
    assert len(calls) == 1
    np.testing.assert_array_equal(first["data"], second["data"])
    assert first["count"] == second["count"] == 5
