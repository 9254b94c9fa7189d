"""Numbers of callers are numbers, of the right kind and in range."""

import numpy as np
import pytest

from tfgan.parameters import arguments


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3), np.array(3)])
def test_whole_numbers_are_ints(value):
    number = arguments.whole("steps", value, 1)
    assert number == 3 and type(number) is int


@pytest.mark.parametrize("value", [0, 2.0, np.float32(2), True, np.True_, "2", None, [2], np.nan])
def test_other_values_are_not_whole_numbers(value):
    with pytest.raises(ValueError, match="steps must be a whole number, at least 1; received") as e:
        arguments.whole("steps", value, 1)
    assert repr(value) in str(e.value)


def test_numbers_without_a_bound_are_at_most_those_of_32_bits():
    with pytest.raises(ValueError, match="steps must be at most 2,147,483,647; received 1000"):
        arguments.whole("steps", 10**20, 1)


def test_seeds_have_64_bits():
    assert arguments.seed("seed", -(2**63)) == -(2**63)
    assert arguments.seed("seed", np.uint64(2**64 - 1)) == 2**64 - 1
    for value in (2**64, -(2**63) - 1, 1.5, True):
        with pytest.raises(ValueError, match=r"seed must be a whole number of 64 bits, -2\^63 to"):
            arguments.seed("seed", value)


def test_numbers_are_finite():
    assert arguments.number("reach", 1) == 1.0 and arguments.number("reach", np.float32(0.5)) == 0.5
    for value in (np.nan, np.inf, -0.1, True, "1", None, 1j):
        with pytest.raises(ValueError, match="reach must be a number, at least 0; received"):
            arguments.number("reach", value, 0.0)


def test_vectors_are_lists_of_finite_numbers():
    assert arguments.vector("amounts", (1, 2)).tolist() == [1.0, 2.0]
    with pytest.raises(
        ValueError, match=r"amounts must be a list of 3 numbers; received int64 \[2"
    ):
        arguments.vector("amounts", [1, 2], 3)
    with pytest.raises(ValueError, match="amounts must be a list of numbers; received bool"):
        arguments.vector("amounts", [True])
    with pytest.raises(ValueError, match="amounts must be finite; received nan"):
        arguments.vector("amounts", [1.0, np.nan])
