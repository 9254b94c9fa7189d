"""The bits of many seeds are those of TensorFlow's operation for each of them."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import philox

SEEDS = np.array(
    [[0, 0], [1, 2], [-1, 7], [2**31 - 1, -(2**31)], [123456789, -987654321]], np.int32
)


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize("count", [1, 4, 13])
def test_bits_are_those_of_each_seed_alone(count, jit_compile):
    function = tf.function(lambda seeds: philox.bits(seeds, count), jit_compile=jit_compile)
    alone = [
        tf.random.stateless_uniform([count], seed, None, None, tf.uint32, alg="philox")
        for seed in SEEDS
    ]
    np.testing.assert_array_equal(function(tf.constant(SEEDS)), alone)


def test_no_seeds_have_no_bits():
    assert philox.bits(tf.zeros((0, 2), tf.int32), 3).shape == (0, 3)
