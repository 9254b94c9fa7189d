"""The numbers in files of masks are those that the files store, whatever a viewer shows."""

import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfgan import modalities
from tfgan.data.decoding import mask_files

from ..gray_files import gray_png, gray_tiff, saved

COLORED = modalities.Masks("abc", ((0, 0, 0), (250, 10, 10), (1, 1, 1)))
GRAY = modalities.Masks("abc", ((0, 0, 0), (1, 1, 1), (9, 9, 9)))


def numbers(content):
    return mask_files.read(content).numbers()[..., 0].tolist()


def class_numbers(content, modality=COLORED, has_colors=True):
    """The class numbers in the first row, None for a file of colors."""
    of_file = mask_files.read(content).class_numbers(modality, has_colors)
    return None if of_file is None else of_file[0, :, 0].tolist()


def as_colors(row, kind, **settings):
    """A file that holds a row of gray pixels as RGB."""
    return saved(Image.fromarray(np.repeat(np.uint8([row])[..., None], 3, -1)), kind, **settings)


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
    assert file.class_numbers(GRAY) is None
    assert file.colors()[0, :, 0].tolist() == [0, 85, 255]
    assert file.class_numbers(GRAY, has_colors=False)[0, :, 0].tolist() == [0, 1, 3]


def test_the_large_end_of_numbers_may_be_first():
    assert numbers(gray_tiff(16, [[0, 1, 300]], ">")) == [[0, 1, 300]]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_alpha_is_no_part_of_a_number(kind):
    pixels = np.uint8([[[0, 255], [1, 0], [2, 128]]])
    assert numbers(saved(Image.fromarray(pixels, "LA"), kind)) == [[0, 1, 2]]


def test_16_bits_with_alpha_are_refused_because_eight_are_lost():
    content = tf.io.encode_png(np.uint16([[[1, 65535], [2, 65535]]])).numpy()
    with pytest.raises(ValueError, match="its gray pixels have 16 bits and alpha, of which only 8"):
        mask_files.read(content)


@pytest.mark.parametrize("settings", [{"kind": "WEBP", "lossless": True}, {"kind": "PNG"}])
def test_gray_pixels_in_a_file_of_colors_are_numbers_unless_they_are_colors(settings):
    content = as_colors([0, 1, 2], **settings)
    assert class_numbers(content) == [0, 1, 2]  # 2 is not a color
    assert class_numbers(content, has_colors=False) == [0, 1, 2]
    content = as_colors([0, 1, 1], **settings)
    assert class_numbers(content) is None  # the classes 0 and 2 in their colors
    assert class_numbers(content, has_colors=False) == [0, 1, 1]
    assert class_numbers(as_colors([0, 1, 3], **settings)) is None  # 3 is not a class


def test_one_pixel_of_another_color_makes_all_of_them_colors():
    pixels = np.ones((600, 2, 3), np.uint8)
    pixels[599, 1] = 250, 10, 10
    file = mask_files.read(saved(Image.fromarray(pixels), "PNG"))
    assert file.class_numbers(COLORED, has_colors=False) is None


def test_files_with_loss_hold_colors():
    for settings in ({"kind": "WEBP", "quality": 100}, {"kind": "JPEG", "quality": 100}):
        assert class_numbers(as_colors([2] * 16, **settings), has_colors=False) is None


def test_a_mask_of_more_pixels_than_pillow_opens_is_not_called_damaged():
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    with pytest.raises(ValueError, match="^it is larger than Pillow allows$"):
        mask_files.read(file.getvalue())
