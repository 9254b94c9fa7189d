"""Pixels of every kind of file, each against Pillow's."""

import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfgan.data.decoding import image_header, pixels, preprocessing
from tfgan.data.decoding.preprocessing import ImagePreprocessing

from .. import kinds

KINDS = kinds.all_kinds()


def deep(channels=1, high=65536):
    return kinds.noise(channels, high=high, dtype=np.uint16)


def deep_png(array):
    return tf.io.encode_png(array).numpy()


@pytest.mark.parametrize("name", KINDS)
def test_pixels_are_those_that_pillow_shows(name):
    image = ImagePreprocessing()(pixels.read(KINDS[name])).numpy()
    np.testing.assert_array_equal(image, kinds.seen(KINDS[name]))


@pytest.mark.parametrize("name", KINDS)
def test_a_graph_and_the_header_agree_with_the_pixels(name):
    content, fit = KINDS[name], ImagePreprocessing(background=(9, 99, 200))
    decode = tf.function(lambda encoded: preprocessing.decode(encoded, fit))
    image = fit(pixels.read(content)).numpy()
    np.testing.assert_array_equal(decode(tf.constant(content)), image)
    header = image_header.read(content)
    assert (header.height, header.width) == image.shape[:2]
    assert header.channels == pixels.read(content).shape[-1]


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_is_turned_as_pillow_turns_it(kind, number):
    content = kinds.saved(kinds.smooth(), kind, exif=kinds.with_orientation(number))
    np.testing.assert_array_equal(pixels.read(content), kinds.seen(content))
    assert image_header.read(content).orientation == number


def test_what_stands_behind_the_pixels_of_a_png_file_is_read():
    row = b"\0" + bytes(range(54))
    exif = kinds.with_orientation(6).tobytes().removeprefix(b"Exif\0\0")
    content = kinds.png(18, 2, 8, 2, 2 * row, behind=[(b"eXIf", exif)])
    assert pixels.read(content).shape == (18, 2, 3)
    np.testing.assert_array_equal(pixels.read(content), kinds.seen(content))
    np.testing.assert_array_equal(
        preprocessing.decode(tf.constant(content), ImagePreprocessing()), kinds.seen(content)
    )


def test_damaged_exif_turns_nothing():
    content = kinds.saved(kinds.smooth(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\1")
    np.testing.assert_array_equal(pixels.read(content)[:, :, 0].shape, (12, 18))


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_sixteen_bits_become_eight_by_the_nearest(channels):
    array = deep(channels)
    image = pixels.read(deep_png(array))
    np.testing.assert_array_equal(image, np.rint(array / 257.0))
    header = image_header.read(deep_png(array))
    assert header.is_deep and not header.is_plain and header.channels == channels


@pytest.mark.parametrize("kind", ["TIFF", "PPM", "PNG"])
def test_gray_of_sixteen_bits_is_what_pillow_reads_in_any_format(kind):
    array = deep()[..., 0]
    content = kinds.saved(Image.fromarray(array), kind)
    stored = np.asarray(Image.open(io.BytesIO(content))).astype(np.int64)
    np.testing.assert_array_equal(stored, array)
    np.testing.assert_array_equal(pixels.read(content)[..., 0], np.rint(array / 257.0))


def test_another_white_is_for_colors_and_leaves_alpha_alone():
    array = deep(2, 4096)
    array[..., 1] = 65535
    array[0, 0, 0] = 60000
    content = deep_png(array)
    header = image_header.read(content)
    image = pixels.decode(content, header, white=4095)
    np.testing.assert_array_equal(
        image[..., 0], np.rint(np.minimum(array[..., 0], 4095) / 4095 * 255)
    )
    assert (image[..., 1] == 255).all()
    assert pixels.largest(content, header) == 60000


def test_a_color_of_sixteen_bits_may_be_transparent():
    array = deep(3)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    key = array[0, 0].astype(">u2").tobytes()
    content = kinds.png(18, 12, 16, 2, rows, (b"tRNS", key))
    image = pixels.read(content)
    assert image.shape == (12, 18, 4) and image[0, 0, 3] == 0 and (image[1:, :, 3] == 255).all()


def test_cmyk_of_four_components_is_shown_as_pillow_shows_it_when_it_is_inverted():
    image = Image.fromarray(kinds.noise(4), "CMYK")
    content = kinds.saved(image, "JPEG")
    np.testing.assert_array_equal(pixels.read(content), kinds.seen(content))


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_cut_is_refused_or_right(name):
    content = KINDS[name]
    for length in (0, 5, 20, len(content) // 2, len(content) - 40):
        try:
            image = pixels.read(content[:length])
        except ValueError as error:
            assert str(error).startswith("it is ") or "declares no" in str(error)
        else:  # what is cut off is not of the picture that is read
            np.testing.assert_array_equal(ImagePreprocessing()(image), kinds.seen(content))


def twelve_bits():
    content = bytearray(KINDS["plain.jpg"])
    content[content.index(b"\xff\xc0") + 4] = 12
    return bytes(content)


def no_height():
    content = bytearray(KINDS["plain.jpg"])
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 2] = b"\0\0"
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is not an image"),
        (b"text", "it is not an image"),
        (b"\xff\xd8\xff\xd9", "it is truncated"),
        (twelve_bits(), "it is a JPEG file of 12 bits, of which only 8 can be decoded"),
        (no_height(), "it declares no pixels"),
        (kinds.saved(Image.fromarray(np.ones((3, 4), np.float32)), "TIFF"), "numbers of 32 bits"),
        (kinds.saved(Image.fromarray(np.ones((3, 4), np.int32)), "TIFF"), "numbers of 32 bits"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(30), "it is not an image"),
    ],
    ids=["empty", "text", "no frame", "12 bits", "no height", "float", "int", "JPEG 2000"],
)
def test_what_cannot_be_decoded_is_refused_with_the_reason(content, reason):
    with pytest.raises(ValueError, match=reason):
        pixels.read(content)


def test_what_a_header_declares_is_refused_before_anything_is_allocated():
    bomb = kinds.png(50_000, 50_000, 8, 2, b"")
    sentence = r"its 50,000 x 50,000 pixels need 7\.0 GiB of memory, of which 1\.0 GiB may be taken"
    with pytest.raises(ValueError, match=sentence):
        pixels.read(bomb, limit=2**30)
    with pytest.raises(tf.errors.InvalidArgumentError, match="50,000 x 50,000 pixels need 7.0 GiB"):
        tf.function(
            lambda: preprocessing.decode(tf.constant(bomb), ImagePreprocessing(), limit=2**30)
        )()


def test_needed_memory_counts_what_is_held_for_a_moment():
    plain = image_header.read(KINDS["plain.jpg"])
    turned = image_header.read(KINDS["turned.jpg"])
    assert pixels.needed(plain) == 12 * 18 * 3
    assert pixels.needed(turned) == 2 * pixels.needed(plain)
    assert pixels.needed(image_header.read(KINDS["plain.webp"])) == 12 * 18 * (8 + 3)
