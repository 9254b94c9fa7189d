"""Hashed numbers against Python's integers; their statistics: noise_dropout_test.py."""

import zlib

import numpy as np
import tensorflow as tf

from tfgan.layers import hashed_numbers

PRIME = 2**31 - 1
ROUNDS = (0x243F6A88, 0x05A308D3, 0x13198A2E, 0x03707344)
STARTS = (0x24093822, 0x299F31D0, 0x082EFA98, 0x6C4E6C89)


def mixed(number):
    for constant in ROUNDS:
        number = pow(number + constant, 5, PRIME)
    return number


def number_at(seed, places, name):
    place = 0
    for each in places:
        place = mixed(place + each)
    first, second = (each + 2**31 for each in seed)
    name = zlib.crc32(name.encode())
    c = [mixed(mixed((start + name + first) % PRIME) + second) for start in STARTS]
    total = c[0]  # Horner, in the order of the layer
    for each in c[1:]:
        total = (each + total * place) % PRIME
    return total


def test_numbers_are_cubic_polynomials_of_hashed_positions():
    seeds = np.int32([[7, -3], [-(2**31), 2**31 - 1]])
    numbers = hashed_numbers.whole_numbers(seeds, (2, 3), "noise").numpy()
    assert numbers.shape == (2, 2, 3) and numbers.dtype == np.int64
    for index in np.ndindex(2, 2, 3):
        assert numbers[index] == number_at(seeds[index[0]].tolist(), index[1:], "noise")


def test_the_number_of_a_position_does_not_depend_on_the_shape():
    seeds = np.int32([[1, 2]])
    small, large = (hashed_numbers.whole_numbers(seeds, s, "noise") for s in ((2, 3), (5, 4)))
    np.testing.assert_array_equal(small, large[:, :2, :3])


def test_sides_that_are_tensors_give_the_same_numbers():
    seeds = np.int32([[1, 2]])
    sides = tuple(tf.constant(side) for side in (2, 3))
    dynamic = tf.function(lambda: hashed_numbers.whole_numbers(seeds, sides, "noise"))()
    np.testing.assert_array_equal(dynamic, hashed_numbers.whole_numbers(seeds, (2, 3), "noise"))
