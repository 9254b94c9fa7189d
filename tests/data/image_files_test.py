import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import decoding, image_files
from tfgan.data.decoding import Fit


def write(folder, images, encode=tf.io.encode_jpeg):
    paths = []
    for index, image in enumerate(images):
        content = image if isinstance(image, bytes) else encode(image).numpy()
        paths.append(f"{folder}/{index:03d}")
        tf.io.write_file(paths[-1], content)
    return paths


def noise(count, height=5, width=7, channels=3):
    return np.random.default_rng(0).integers(0, 256, (count, height, width, channels), np.uint8)


def alone(path, fit):
    return fit(decoding.decode(tf.io.read_file(path))).numpy()


def assert_as_alone(paths, fit):
    images = list(image_files.decoded(paths, fit))
    assert len(images) == len(paths)
    for path, image in zip(paths, images, strict=True):
        np.testing.assert_array_equal(image, alone(path, fit))


@pytest.mark.parametrize("fit", [Fit(), Fit((4, 4)), Fit(channels=1)], ids=str)
@pytest.mark.parametrize("encode", [tf.io.encode_jpeg, tf.io.encode_png])
@pytest.mark.parametrize("count", [3, image_files.TOGETHER, image_files.TOGETHER + 5])
def test_images_decoded_together_equal_those_decoded_alone(tmp_path, fit, encode, count):
    assert_as_alone(write(tmp_path, noise(count), encode), fit)


@pytest.mark.parametrize("fit", [Fit(), Fit((4, 4), channels=3)], ids=str)
def test_sizes_and_formats_may_differ(tmp_path, fit):
    images = [image[: 2 + i % 4] for i, image in enumerate(noise(2 * image_files.TOGETHER))]
    images[40] = tf.io.encode_png(noise(1, channels=4)[0]).numpy()
    images[41] = tf.io.encode_png(noise(1, channels=1)[0]).numpy()
    assert_as_alone(write(tmp_path, images), fit)


def test_a_broken_image_is_none_and_the_others_are_read(tmp_path):
    images = list(noise(3 * image_files.TOGETHER + 2))
    broken = [0, 40, 41, len(images) - 1]
    for place, content in zip(broken, [b"", b"no image", b"\xff\xd8\xff", b"GIF"], strict=True):
        images[place] = content
    paths = write(tmp_path, images)
    found = list(image_files.decoded(paths, Fit()))
    assert [place for place, image in enumerate(found) if image is None] == broken
    np.testing.assert_array_equal(found[42], alone(paths[42], Fit()))


def test_a_file_that_is_not_there_fails_when_its_turn_has_come(tmp_path):
    paths = write(tmp_path, noise(40))
    paths[36] = f"{tmp_path}/nothing"
    images = image_files.decoded(paths, Fit())
    assert sum(1 for _ in zip(range(36), images, strict=False)) == 36
    with pytest.raises(tf.errors.NotFoundError):
        next(images)
