"""A check of the free memory before a model's variables are made.

TensorFlow allocates any shape, and then fails with an error of its own or is killed by the system.
"""

import contextlib
import math

import tensorflow as tf

from tfgan import memory

_SMALL = 2**24  # bytes of a variable that is not checked


@contextlib.contextmanager
def within_memory(limit=None):
    """Refuses variables that need more memory than is free, before they are made.

    Args:
      limit: int, bytes per variable while it is made; None for all free memory.
    Raises: ValueError with the variable's shape and size.
    """
    # In a graph initial values have a shape and take no memory, even if they depend on a weight.
    graph = tf.__internal__.FuncGraph("first_values")

    def make_checked(make, **options):
        value = options["initial_value"]
        if callable(value):
            with graph.as_default():
                value = value()
        shape = tf.TensorShape(value.shape)
        dtype = tf.as_dtype(options.get("dtype") or tf.float32)
        needed = 2 * math.prod(shape) * dtype.size  # the initial value and the variable
        if needed > _SMALL:
            name = f"A weight of shape {tuple(shape)}"
            memory.require(needed, name, limit, "choose smaller widths or images")
        return make(**options)

    try:
        with tf.variable_creator_scope(make_checked):
            yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise ValueError(
            f"The model needs more than the {memory.format_bytes(memory.free())} of free memory; "
            "choose smaller widths or images."
        ) from error
