"""The weights of a network, counted without memory for them."""

import math

import tensorflow as tf


def trainable(build, *args, **kwargs):
    """The number of trainable weights of the network that a builder returns: int.

    In a graph a variable is an operation, whose values would be made by a session.
    """
    with tf.Graph().as_default():
        return sum(math.prod(v.shape) for v in build(*args, **kwargs).trainable_variables)
