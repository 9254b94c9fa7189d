"""Philox 4x32-10 for many seeds at once, equal to TensorFlow's for each of them.

TensorFlow's stateless operations take one seed; a loop over seeds costs more than the networks
whose latents it draws.

>>> import tensorflow as tf
>>> seeds = tf.constant([[1, 2], [3, 4]])
>>> one = tf.random.stateless_uniform([6], seeds[1], None, None, tf.uint32, alg="philox")
>>> bool(tf.reduce_all(bits(seeds, 6)[1] == one))
True

Source: Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405, section 3.3.

Symbols: n, the number of seeds; a counter is four uint32 numbers, held as a pair of pairs: those of
even and of odd index, each `[2, n, blocks]`.
"""

import numpy as np
import tensorflow as tf

_ROUNDS = 10
_MULTIPLIERS = np.array([0xD2511F53, 0xCD9E8D57], np.uint64).reshape(2, 1, 1)
_WEYL = np.array([0x9E3779B9, 0xBB67AE85], np.uint32).reshape(2, 1, 1)
_SCRAMBLING_KEY = np.array([0x3EC8F720, 0x02461E29], np.uint32).reshape(2, 1, 1)  # TensorFlow's


def bits(seeds, count):
    """Random bits: uint32 `[n, count]`, row i from seed i as `tf.random.stateless_uniform` has it.

    Args:
      seeds: int32 `[n, 2]`.
      count: int.
    """
    key, upper = _key_and_counter(seeds)
    blocks = -(-count // 4)
    upper = tf.repeat(upper, blocks, axis=-1)
    lower = tf.broadcast_to(tf.range(blocks), tf.shape(upper[0]))
    lower = tf.stack([tf.cast(lower, tf.uint32), tf.zeros_like(upper[0])])
    even, odd = tf.unstack(tf.stack([lower, upper], axis=1))
    words = tf.stack(_encrypted(even, odd, key), axis=-1)  # [2, n, blocks, 2]
    return tf.reshape(tf.transpose(words, [1, 2, 0, 3]), [tf.shape(seeds)[0], -1])[:, :count]


def _key_and_counter(seeds):
    """TensorFlow's key of a seed and the upper half of its counter: uint32 `[2, n, 1]` each."""
    halves = tf.transpose(tf.cast(seeds, tf.int64))[:, :, None]  # with the sign
    halves = tf.bitcast(halves, tf.uint64)
    even = tf.cast(tf.bitwise.bitwise_and(halves, np.uint64(0xFFFFFFFF)), tf.uint32)
    odd = tf.cast(tf.bitwise.right_shift(halves, np.uint64(32)), tf.uint32)
    even, odd = _encrypted(even, odd, tf.constant(_SCRAMBLING_KEY))
    return tf.stack([even[0], odd[0]]), tf.stack([even[1], odd[1]])


def _encrypted(even, odd, key):
    for number in range(_ROUNDS):
        products = tf.cast(even, tf.uint64) * _MULTIPLIERS
        high = tf.cast(tf.bitwise.right_shift(products, np.uint64(32)), tf.uint32)
        round_key = key + np.uint32(number) * _WEYL
        mixed = tf.bitwise.bitwise_xor(
            tf.bitwise.bitwise_xor(tf.reverse(high, [0]), odd), round_key
        )
        even, odd = mixed, tf.reverse(tf.cast(products, tf.uint32), [0])
    return even, odd
