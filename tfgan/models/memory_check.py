"""The memory of a model, asked for before its variables are made.

TensorFlow reserves what a shape declares, and fails in words of its own or is ended by the system.
"""

import contextlib
import math

import tensorflow as tf

from tfgan import memory

_SMALL = 2**24  # bytes of a variable that are not asked for


@contextlib.contextmanager
def within_memory(limit=None):
    """Refuses variables that need more memory than there is, before they are made.

    Args:
      limit: int, bytes that one variable may take while it is made; None for all that is free.
    Raises: ValueError, with the variable's shape and the number.
    """
    # In which first values have a shape and take no room, also where one is made of another weight.
    graph = tf.__internal__.FuncGraph("first_values")

    def checked(make, **options):
        value = options["initial_value"]
        if callable(value):
            with graph.as_default():
                value = value()
        shape = tf.TensorShape(value.shape)
        dtype = tf.as_dtype(options.get("dtype") or tf.float32)
        needed = 2 * math.prod(shape) * dtype.size  # first drawn, then kept
        if needed > _SMALL:
            name = f"A weight of shape {tuple(shape)}"
            memory.require(needed, name, limit, "choose smaller widths or images")
        return make(**options)

    try:
        with tf.variable_creator_scope(checked):
            yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise ValueError(
            f"The model needs more memory than the {memory.format_bytes(memory.free())} that are free; "
            "choose smaller widths or images."
        ) from error
