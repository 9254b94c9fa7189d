"""FLOPs of traced functions against closed forms."""

import keras
import pytest
import tensorflow as tf

from tfgan.training.costs import flops, traced_graph


def traced(function, *shapes, dtype=tf.float32):
    specs = [tf.TensorSpec(shape, dtype) for shape in shapes]
    return tf.function(function, autograph=False).get_concrete_function(*specs).graph


def gradient_step(network, batch_shape):
    """The graph of a forward pass and the gradient of all weights."""

    def step(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(network(x) ** 2)
        return tape.gradient(loss, network.trainable_variables)

    return traced(step, batch_shape)


def test_dense_layers_cost_six_operations_per_weight_and_example_without_the_first_gradient():
    network = keras.Sequential([keras.Input((5,)), keras.layers.Dense(7), keras.layers.Dense(3)])
    result = flops.of_step(gradient_step(network, (8, 5)))
    first, second = 8 * 5 * 7, 8 * 7 * 3
    # Forward and for the weights: two passes; the gradient of the data is not computed.
    assert result.mean == pytest.approx(2 * (2 * first + 3 * second), rel=1e-6)
    assert result.largest == result.mean


def test_convolutions_count_weights_times_positions_of_the_coarser_side():
    layers = [
        keras.layers.Conv2D(6, 3, strides=2, padding="same"),
        keras.layers.Conv2DTranspose(2, 4, strides=2, padding="same"),
    ]
    network = keras.Sequential([keras.Input((8, 8, 3)), *layers])
    down, up = 5 * 16 * (3 * 3 * 3 * 6), 5 * 16 * (4 * 4 * 2 * 6)
    result = flops.of_step(gradient_step(network, (5, 8, 8, 3)))
    assert result.mean == pytest.approx(2 * (2 * down + 3 * up), rel=1e-6)


def test_a_grouped_convolution_costs_its_share():
    def grouped(x, w):
        return tf.nn.conv2d(x, w, 1, "SAME")

    result = flops.of_step(traced(grouped, (2, 4, 4, 8), (3, 3, 2, 8)))
    assert result.mean == 2 * (2 * 4 * 4) * (3 * 3 * 2 * 8)


def test_an_equation_costs_the_product_of_its_letters():
    def product(x, w):
        return tf.einsum("...hc,hcd->...d", x, w)

    graph = traced(product, (2, 3, 4, 5), (4, 5, 6))
    assert flops.of_step(graph).mean == 2 * (2 * 3) * 4 * 5 * 6


def test_what_nothing_reads_is_not_counted():
    def step(x, w):
        tf.matmul(x, w)
        return x

    assert flops.of_step(traced(step, (4, 4), (4, 4))).mean == 0


def test_a_lazy_branch_counts_by_its_period_and_fully_in_the_largest_step():
    weights = tf.Variable(tf.ones((4, 4)))
    specs = [tf.TensorSpec((2, 4)), tf.TensorSpec((), tf.int64)]

    def step(x, number):
        with tf.GradientTape() as tape:
            due = tf.equal(number % 4, 0)
            loss = tf.cond(due, lambda: tf.reduce_sum((x @ weights) ** 2), lambda: 0.0, "every_4")
        return tape.gradient(loss, weights)

    graph = tf.function(step, autograph=False).get_concrete_function(*specs).graph
    result = flops.of_step(graph)
    once = 2 * 2 * 4 * 4
    assert result.largest in (2 * once, 3 * once)  # with or without the gradient of x
    assert result.mean == result.largest / 4
    periods = {traced_graph.period(each) for each in traced_graph.operations(graph)}
    assert periods == {1, 4}


def test_a_loop_counts_as_often_as_it_runs():
    def step(x):
        return tf.while_loop(
            lambda index, _: index < 5, lambda i, y: (i + 1, y @ y), (0, x), maximum_iterations=5
        )[1]

    assert flops.of_step(traced(step, (3, 3))).mean == 5 * 2 * 27


def test_products_of_unknown_shapes_are_named():
    graph = traced(lambda x, w: tf.matmul(x, w, name="product"), (None, 4), (4, 4))
    assert flops.unknown(graph) == ["product"]
    assert flops.of_step(graph).mean == 0
