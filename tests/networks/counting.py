"""The size of a network without the network: no weight is allocated."""

import concurrent.futures
import math

import keras


def count(build):
    """The trainable parameters of a network.

    Its variables stay uninitialized, and Keras keeps a list of those per thread, which ends with
    the thread: it would initialize them later.

    Args:
      build: function without arguments -> keras.Model.
    """

    def of_shapes():
        with keras.StatelessScope(initialize_variables=False):
            return sum(math.prod(each.shape) for each in build().trainable_variables)

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(of_shapes).result()
