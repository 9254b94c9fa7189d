import numpy as np
import pytest

from tfgan.data import row_blocks


def test_blocks_hold_every_row_once(monkeypatch):
    monkeypatch.setattr(row_blocks, "BLOCK_BYTES", 100)
    array = np.arange(90.0).reshape(30, 3)
    blocks = [array[block] for block in row_blocks.blocks(array)]
    np.testing.assert_array_equal(np.concatenate(blocks), array)
    assert {len(block) for block in blocks} == {4, 2}


def test_an_array_without_elements_has_no_blocks():
    assert (
        list(row_blocks.blocks(np.zeros((3, 0)))) == list(row_blocks.blocks(np.zeros((0, 3)))) == []
    )


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_the_row_of_a_number_that_is_not_finite_is_named(number, monkeypatch):
    monkeypatch.setattr(row_blocks, "BLOCK_BYTES", 100)
    array = np.zeros((30, 3))
    row_blocks.check_finite("it", array)
    array[13, 1] = number
    with pytest.raises(ValueError, match="it: row 13 holds a number that is not finite"):
        row_blocks.check_finite("it", array)
