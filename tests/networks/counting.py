"""Parameters of large networks, counted without memory for them."""

import math

import keras
from keras.src.backend.common import global_state


def parameters(build):
    """The trainable numbers of the network that a function builds: int.

    In a stateless scope variables have shapes and no values; Keras keeps a list of them for later,
    which is cleared here.
    """
    pending = global_state.get_global_attribute("uninitialized_variables", [], set_to_default=True)
    before = list(pending)
    with keras.StatelessScope(initialize_variables=False):
        network = build()
        count = sum(math.prod(each.shape) for each in network.trainable_variables)
    pending[:] = before
    return count
