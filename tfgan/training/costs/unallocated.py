"""Models whose weights take no memory, of which only the shapes are of interest."""

import contextlib
import math

import tensorflow as tf

_LARGE = 2**14  # numbers; smaller variables, such as rates and statistics, get their values


@contextlib.contextmanager
def without_values():
    """Inside the block large variables have no values, and so take no memory until they are set.

    The memory is reserved; the system provides it at the first write, which never comes.
    """
    graph = tf.__internal__.FuncGraph("first_values")  # where initial values have a shape alone

    def make_empty(make, **options):
        value = options["initial_value"]
        if callable(value):
            with graph.as_default():
                value = value()
        shape = tf.TensorShape(value.shape).as_list()
        if math.prod(shape) >= _LARGE:
            dtype = tf.as_dtype(value.dtype)
            options["initial_value"] = lambda: tf.raw_ops.Empty(shape=shape, dtype=dtype)
        return make(**options)

    with tf.device("CPU:0"), tf.variable_creator_scope(make_empty):
        yield
