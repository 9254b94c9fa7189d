"""The numbers in files of masks are those that the files store, whatever a viewer shows."""

import numpy as np
import pytest

from tfgan import modalities
from tfgan.data.decoding import mask_files

from ..gray_files import gray_png, gray_tiff


def numbers(content, *arguments):
    return mask_files.read(content).numbers(*arguments)[..., 0].tolist()


@pytest.mark.parametrize("encode", [gray_png, gray_tiff])
@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_gray_pixels_of_every_depth_are_the_stored_numbers(encode, bits):
    rows = [[*range(min(16, 2**bits))], [2**bits - 1, *[0] * (min(16, 2**bits) - 1)]]
    assert numbers(encode(bits, rows)) == rows


@pytest.mark.parametrize("largest", [2, 30, 255, 300, 65535])
def test_numbers_of_a_portable_graymap_do_not_depend_on_its_largest(largest):
    head = f"3 1 {largest}\n"
    row = [0, 1, min(largest, 299)]
    plain = f"P2 {head}{' '.join(map(str, row))}\n".encode()
    binary = f"P5 {head}".encode() + np.array(row, ">u2" if largest > 255 else "u1").tobytes()
    assert numbers(plain) == numbers(binary) == [row]


@pytest.mark.parametrize(("half", "expected"), [(None, [[0, 1, 2]]), (0, [[0]]), (1, [[1, 2]])])
@pytest.mark.parametrize("bits", [2, 8, 16])
def test_a_half_ends_or_begins_at_half_the_width(bits, half, expected):
    file = mask_files.read(gray_png(bits, [[0, 1, 2]]), half=half)
    assert file.numbers()[..., 0].tolist() == expected


def test_a_picture_has_the_nearest_classes_unless_most_of_it_is_far_from_all():
    masks = modalities.Masks("ab", ((0, 0, 0), (200, 0, 0)))
    near, far = [190, 30, 30], [100, 100, 100]
    assert mask_files.of_picture(masks, np.uint8([[near, far]]))[..., 0].tolist()[0][0] == 1
    with pytest.raises(ValueError, match="it is not a mask: 67% of its pixels have other colors"):
        mask_files.of_picture(masks, np.uint8([[near, far, far]]))


def test_gray_colors_are_those_that_a_viewer_shows():
    file = mask_files.read(gray_png(2, [[0, 1, 3]]))
    assert file.numbers(colors_are_gray=True) is None
    assert np.asarray(file.image.convert("RGB"))[0, :, 0].tolist() == [0, 85, 255]
