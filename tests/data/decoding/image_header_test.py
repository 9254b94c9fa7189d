"""A header is read in few steps, whatever the file says."""

import zlib

import numpy as np
import pytest

from tfgan.data.decoding import image_files, image_header, pixels
from tfgan.data.decoding.preprocessing import ImagePreprocessing

from .. import kinds

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"


class Counted(bytes):
    """Bytes that count how often one or a few of them are read."""

    requests = 0

    def __getitem__(self, key):
        self.requests += 1
        return super().__getitem__(key)


@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"\xff\xd0", b"\xff\x01\xff\0"])
def test_what_lies_between_the_pieces_of_a_jpeg_file_is_passed_over_in_one_step(filling):
    content = Counted(JPEG + 100_000 * filling)
    with pytest.raises(ValueError, match="it is truncated"):
        image_header.read(content)
    assert content.requests < 10
    image = kinds.saved(kinds.smooth(), "JPEG")
    header = image_header.read(image[:2] + b"\xff\xd0" + 1000 * filling + image[2:])
    assert (header.height, header.width) == (kinds.HEIGHT, kinds.WIDTH)


@pytest.mark.parametrize(
    "content",
    [JPEG[:2] + 70_000 * b"\xff\xe0\0\2", kinds.png(8, 8, 8, 2, b"", *70_000 * [(b"abCd", b"")])],
)
def test_an_image_of_very_many_pieces_is_refused(content):
    with pytest.raises(ValueError, match="it is in too many pieces"):
        image_header.read(content)


def test_a_description_that_pillow_finds_too_large_turns_nothing():
    profile = b"Raw profile type exif\0\0" + zlib.compress(bytes(2**21), 9)
    content = kinds.png(18, 2, 8, 2, 2 * (b"\0" + bytes(range(54))), (b"zTXt", profile))
    assert image_header.read(content) == image_header.Header("png", 2, 18, 3)
    np.testing.assert_array_equal(pixels.read(content)[0].ravel(), range(54))


@pytest.mark.parametrize("start", [b"", b"text", PNG, kinds.png(8, 8, 8, 2, b"")[:33]])
@pytest.mark.parametrize("function", [image_files.headers, image_files.decoded])
def test_of_a_large_file_that_cannot_be_an_image_only_the_beginning_is_read(start, function):
    size = 5 * 2**20
    requests = []

    def read(name, most):
        requests.append(most)
        return start + bytes((most if most >= 0 else size) - len(start))

    limits = image_files.Limits(2**30, 2**30)
    [result] = function(read, ["a.png"], [size], ImagePreprocessing(), limits)
    assert result.reason in ("it is not an image", "it is damaged or truncated")
    assert requests == [image_files._HEAD_BYTES]
