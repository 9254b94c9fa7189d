"""Shapes of a few pixels, and their moments by hand."""

import numpy as np
import pytest

from tfgan.metrics import image_shapes


def picture(*pixels, side=9):
    image = np.zeros((1, side, side, 1), np.uint8)
    for row, column in pixels:
        image[0, row, column] = 255
    return image


def test_brightness_is_the_share_of_white():
    gray = np.uint8([0, 51, 255])[:, None, None, None] * np.ones((3, 2, 5, 3), np.uint8)
    np.testing.assert_allclose(image_shapes.brightness(gray), [0.0, 0.2, 1.0])


def test_the_width_is_the_deviation_of_columns_wherever_the_shape_stands():
    bar = [(4, column) for column in (2, 4, 6)]
    for shift in (-1, 0, 2):
        moved = picture(*[(row - shift, column + shift) for row, column in bar])
        np.testing.assert_allclose(image_shapes.width(moved), [np.std([2, 4, 6])])


def test_a_shape_leans_by_its_slope():
    upright, diagonal = [(r, 4) for r in range(9)], [(r, 8 - r) for r in range(9)]
    knight = [(0, 5), (2, 4), (4, 3)]  # one column to the left for two rows down
    slants = [image_shapes.slant(picture(*pixels))[0] for pixels in (upright, diagonal, knight)]
    np.testing.assert_allclose(slants, [0.0, 1.0, 0.5], atol=1e-12)


def test_a_pixel_weighs_as_much_as_it_is_bright():
    image = np.zeros((1, 1, 4, 1), np.uint8)
    image[0, 0, [0, 3], 0] = 200, 100  # mean column 1, variance (2 * 1 + 4) / 3
    np.testing.assert_allclose(image_shapes.width(image), [np.sqrt(2.0)])


def test_black_has_no_width_and_no_slant():
    black = np.zeros((2, 4, 4, 1), np.uint8)
    assert image_shapes.width(black).tolist() == image_shapes.slant(black).tolist() == [0.0, 0.0]


def test_other_arrays_are_refused():
    with pytest.raises(ValueError, match=r"images must be uint8 \[n, height, width, channels\]"):
        image_shapes.slant(np.zeros((2, 4, 4, 1)))
