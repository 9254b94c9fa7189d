"""What is decided about the pixels of a set by the headers of its images."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data.decoding import image_files
from tfgan.data.decoding.preprocessing import ImagePreprocessing

from .. import kinds
from ..folders import opened, pixels, write


def test_what_is_decided_about_pixels_is_said_once_and_recorded(tmp_path, caplog):
    result = kinds.all_kinds()
    for name in ("alpha.png", "gray_alpha.png", "turned.jpg", "xmp.jpg", "turned.png", "plain.jpg"):
        write(tmp_path, name, result[name])
    write(tmp_path, "animated.gif", result["animated.gif"])
    write(tmp_path, "deep.png", tf.io.encode_png(deep(2950)).numpy())
    caplog.set_level("INFO", "tfgan")
    source = opened(tmp_path, ImagePreprocessing((8, 8), channels=3, background=(0, 0, 0)))
    assert source.decisions == {
        "alpha": "2 with alpha, on black (--background)",
        "orientation": "3 turned the right way up, as EXIF says",
        "animation": "1 with several pictures, of which the first is taken",
        "depth": "1 of 16 bits, with 4,095 as white",
    }
    [line] = [line for line in caplog.messages if "alpha" in line]
    assert line.startswith(
        f"images:{tmp_path}: of 8 images, 2 with alpha, on black (--background); 3 tu"
    )
    assert opened(
        tmp_path, ImagePreprocessing((8, 8), channels=4)
    ).decisions.keys() == source.decisions.keys() - {"alpha"}


def deep(most, index=0):
    """Gray of 16 bits from 1,000 to `most`."""
    return np.linspace(1000 + index, most, 24).reshape(4, 6, 1).astype(np.uint16)


@pytest.mark.parametrize(
    ("most", "white"), [(1020, 1023), (2950, 4095), (9999, 16383), (40000, 65535)]
)
def test_images_of_sixteen_bits_are_scaled_by_the_largest_number_of_the_set(tmp_path, most, white):
    arrays = [deep(most), deep(1020, 5)]
    for index, array in enumerate(arrays):
        write(tmp_path, f"{index}.png", tf.io.encode_png(array).numpy())
    expected = np.rint(np.stack(arrays) * 255.0 / white)
    np.testing.assert_array_equal(opened(tmp_path).data, expected)


def test_pixels_that_nobody_decided_about_leave_the_record_as_it_was(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    plain = opened(tmp_path)
    assert plain.decisions == {}
    write(tmp_path, "a.png", kinds.all_kinds()["alpha.png"])
    white, black = opened(tmp_path), opened(tmp_path, ImagePreprocessing(background=(0, 0, 0)))
    assert white.fingerprint != black.fingerprint


def test_several_sizes_are_refused_before_any_image_is_decoded(tmp_path, monkeypatch):
    write(tmp_path, "a.png", pixels(1, 10, 20))
    write(tmp_path, "b.png", pixels(2, 20, 10))
    monkeypatch.setattr(image_files, "decoded", None)
    with pytest.raises(ValueError, match="several sizes"):
        opened(tmp_path)
