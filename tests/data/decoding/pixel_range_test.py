import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from tfgan.data import row_blocks
from tfgan.data.decoding import pixel_range


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0.0, 1.0], (0, 1)),
        ([0.0, 0.25], (0, 1)),
        ([-1.0, 0.2], (-1, 1)),
        ([0, 255], (0, 255)),
        ([3, 200], (0, 255)),
        ([0.5, 254.5], (0, 255)),
        ([0, 65000], (0, 65535)),
        ([0, 1], (0, 1)),
    ],
)
def test_a_range_is_known_by_the_numbers_at_its_ends(numbers, expected):
    assert pixel_range.recognize("it", [np.array(numbers)]) == expected


@pytest.mark.parametrize(
    "numbers",
    [
        [0, 16],
        [0, 4095],
        [0, 1.04],
        [-0.02, 0.98],
        [-2.1, 2.6],
        [0, 256.0],
        [-1, 255],
        [0, 4e4 + 0.5],
    ],
    ids=str,
)
def test_a_range_that_could_be_another_is_refused(numbers):
    with pytest.raises(ValueError, match="ambiguous what is black .* add #range=0..1"):
        pixel_range.recognize("it", [np.array(numbers)])


def test_all_parts_have_one_range():
    assert pixel_range.recognize("it", [np.zeros(3), np.array([-1.0])]) == (-1, 1)


def test_small_blocks_see_what_one_block_sees(monkeypatch):
    numbers = np.linspace(-1, 1, 60).reshape(20, 3)
    whole = pixel_range.to_uint8(numbers, (-1, 1))[0]
    monkeypatch.setattr(row_blocks, "BLOCK_BYTES", 50)
    np.testing.assert_array_equal(pixel_range.to_uint8(numbers, (-1, 1))[0], whole)
    assert pixel_range.recognize("it", [numbers]) == (-1, 1)
    numbers[13, 1] = np.nan
    with pytest.raises(ValueError, match="it: row 13 holds a number that is not finite"):
        pixel_range.recognize("it", [numbers])


@settings(deadline=None)
@given(
    shapes.arrays(np.uint8, shapes.array_shapes(min_dims=2, max_side=5)),
    st.sampled_from(["float16", "float32", "float64"]),
    st.sampled_from([(0, 1), (-1, 1), (0, 255)]),
)
def test_bytes_come_back_from_every_range(pixels, dtype, of):
    pixels.flat[0], pixels.flat[-1] = 0, 255
    low, high = of
    if dtype == "float16" and of != (0, 255):
        dtype = "float32"  # half a float has fewer steps than a byte near 1
    stored = (low + pixels * ((high - low) / 255)).astype(dtype)
    result = pixel_range.recognize("it", [stored])
    assert result == of or pixels.size == 1
    if result == of:
        np.testing.assert_array_equal(pixel_range.to_uint8(stored, result)[0], pixels)
