"""The estimate of the memory of a step against chains of operations."""

import tensorflow as tf

from tfgan.training.costs import live_tensors

ROW = 4 * 100  # bytes of a tensor


def peak(function, *shapes):
    specs = [tf.TensorSpec(shape) for shape in shapes]
    graph = tf.function(function, autograph=False).get_concrete_function(*specs).graph
    return live_tensors.peak_bytes(graph)


def test_a_chain_holds_its_input_and_two_tensors_at_a_time():
    def chain(x):
        for _ in range(9):
            x = tf.sin(x)
        return x

    assert peak(chain, (100,)) == 3 * ROW


def test_what_the_gradient_reads_accumulates():
    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x
            for _ in range(9):
                y = tf.sin(y)
        return tape.gradient(y, x)

    # The inputs of nine sines, which their gradients read, x among them; and the backward pass.
    bytes_at_once = peak(gradient, (100,))
    assert 9 * ROW < bytes_at_once <= 14 * ROW
    assert peak(lambda x: tf.sin(tf.sin(x)), (100,)) == 3 * ROW


def test_views_take_no_memory():
    assert peak(lambda x: tf.reshape(tf.identity(x), (10, 10)), (100,)) <= 1.1 * ROW


def test_a_branch_that_is_kept_for_its_gradient_counts():
    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.cond(x[0] > 0.0, lambda: tf.sin(tf.sin(tf.sin(x))), lambda: 2.0 * x)
            z = tf.cos(y)
        return tape.gradient(z, x)

    assert peak(gradient, (100,)) >= 5 * ROW


def test_a_larger_batch_takes_more_in_proportion():
    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.sin(tf.sin(x))
        return tape.gradient(y, x)

    assert peak(gradient, (800, 100)) == 8 * peak(gradient, (100, 100))
