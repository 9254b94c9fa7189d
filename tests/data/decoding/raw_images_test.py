"""Files as images and masks of any size."""

import io

import numpy as np
import PIL.Image
import pytest

from tfgan import modalities
from tfgan.data.decoding import raw_images

from ..gray_files import gray_png

MASKS = modalities.Masks(("sky", "sea"), ((0, 0, 200), (0, 200, 0)))


def encoded(array, kind="PNG", **settings):
    file = io.BytesIO()
    PIL.Image.fromarray(np.array(array, np.uint8)).save(file, kind, **settings)
    return file.getvalue()


def test_a_gray_file_is_a_mask_of_class_numbers_and_another_shows_its_colors():
    numbers = [[0, 1, 1]]
    gray = raw_images.decode(encoded(numbers), MASKS, 1)
    colors = [[(0, 0, 200), (0, 200, 0), (20, 190, 10)]]  # the last is nearly the sea's
    np.testing.assert_array_equal(gray[..., 0], numbers)
    np.testing.assert_array_equal(raw_images.decode(encoded(colors), MASKS, 1), gray)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_gray_files_of_any_depth_are_masks_of_the_stored_numbers(bits):
    mask = raw_images.decode(gray_png(bits, [[0, 1, 1]]), MASKS, 1)
    assert mask.dtype == np.uint8 and mask[..., 0].tolist() == [[0, 1, 1]]


def test_a_number_that_is_not_a_class_is_refused():
    with pytest.raises(ValueError, match="it has the class 2; masks have the classes 0 to 1"):
        raw_images.decode(encoded([[0, 2]]), MASKS, 1)


def test_transparent_pixels_show_the_background_and_exif_turns_the_image():
    clear = encoded([[(10, 20, 30, 255), (10, 20, 30, 0)]])
    image = raw_images.decode(clear, modalities.Images(), 3, background=(1, 2, 3))
    assert image.tolist() == [[[10, 20, 30], [1, 2, 3]]]
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    turned = raw_images.decode(encoded([[5, 6, 7]], exif=exif), modalities.Images(), 1)
    assert turned[..., 0].tolist() == [[5], [6], [7]]
