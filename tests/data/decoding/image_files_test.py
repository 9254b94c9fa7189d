import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data.decoding import image_files, pixels, preprocessing
from tfgan.data.decoding.preprocessing import ImagePreprocessing

LIMITS = image_files.Limits(2**30, 2**28)


def write(folder, images, encode=tf.io.encode_jpeg):
    paths = []
    for index, image in enumerate(images):
        content = image if isinstance(image, bytes) else encode(image).numpy()
        paths.append(f"{folder}/{index:03d}")
        tf.io.write_file(paths[-1], content)
    return paths


def noise(count, height=5, width=7, channels=3):
    return np.random.default_rng(0).integers(0, 256, (count, height, width, channels), np.uint8)


def read(path, most):
    with tf.io.gfile.GFile(path, "rb") as file:
        return file.read(most)


def decoded(paths, fit, limits=LIMITS, read=read):
    return image_files.decoded(read, paths, sizes(paths), fit, limits)


def sizes(paths):
    return [os.path.getsize(path) if os.path.exists(path) else 0 for path in paths]


def assert_as_alone(paths, fit):
    result = list(decoded(paths, fit))
    assert len(result) == len(paths)
    for path, each in zip(paths, result, strict=True):
        np.testing.assert_array_equal(each.image, fit(pixels.read(read(path, -1))))


@pytest.mark.parametrize(
    "fit",
    [
        ImagePreprocessing(),
        ImagePreprocessing((4, 4)),
        ImagePreprocessing(channels=1),
        ImagePreprocessing(channels=4),
    ],
    ids=str,
)
@pytest.mark.parametrize("encode", [tf.io.encode_jpeg, tf.io.encode_png])
@pytest.mark.parametrize("count", [3, image_files.TOGETHER, image_files.TOGETHER + 5])
def test_images_decoded_together_equal_those_decoded_alone(tmp_path, fit, encode, count):
    assert_as_alone(write(tmp_path, noise(count), encode), fit)


@pytest.mark.parametrize(
    "fit", [ImagePreprocessing(), ImagePreprocessing((4, 4), channels=3)], ids=str
)
def test_sizes_and_formats_may_differ(tmp_path, fit):
    images = [image[: 2 + i % 4] for i, image in enumerate(noise(2 * image_files.TOGETHER))]
    images[40] = tf.io.encode_png(noise(1, channels=4)[0]).numpy()
    images[41] = tf.io.encode_png(noise(1, channels=1)[0]).numpy()
    assert_as_alone(write(tmp_path, images), fit)


def test_a_broken_image_is_none_and_the_others_are_read(tmp_path):
    images = list(noise(3 * image_files.TOGETHER + 2))
    cut = tf.io.encode_jpeg(images[0]).numpy()[:-20]
    broken = {0: b"", 40: b"no image", 41: b"\xff\xd8\xff", 60: cut, len(images) - 1: b"GIF"}
    for place, content in broken.items():
        images[place] = content
    paths = write(tmp_path, images)
    result = list(decoded(paths, ImagePreprocessing()))
    assert {place: each.reason for place, each in enumerate(result) if each.image is None} == {
        0: "it is not an image",
        40: "it is not an image",
        41: "it is truncated",
        60: "it is damaged or truncated",
        len(images) - 1: "it is not an image",
    }
    np.testing.assert_array_equal(result[42].image, pixels.read(read(paths[42], -1)))


def test_a_file_that_is_not_there_fails_when_its_turn_has_come(tmp_path):
    paths = write(tmp_path, noise(40))
    paths[36] = f"{tmp_path}/nothing"
    images = decoded(paths, ImagePreprocessing())
    assert sum(1 for _ in zip(range(36), images, strict=False)) == 36
    with pytest.raises(tf.errors.NotFoundError):
        next(images)


def test_headers_are_those_of_the_whole_files_and_little_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "_HEAD_BYTES", 300)
    gif = b"GIF89a\x07\x00\x05\x00\xf0\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x07\0\x05\0\0" + b"\2" * 999
    images = [tf.io.encode_png(noise(1, 40, 30, 1)[0]).numpy(), gif, noise(1, 60, 50)[0], b"text"]
    paths, requests = write(tmp_path, images), []

    def reading(path, most):
        requests.append((paths.index(path), most))
        return read(path, most)

    result = list(image_files.headers(reading, paths, sizes(paths), ImagePreprocessing(), LIMITS))
    forms = [f.header and (f.header.height, f.header.width, f.header.channels) for f in result]
    assert forms == [(40, 30, 1), (5, 7, 3), (60, 50, 3), None]
    assert [most for row, most in requests if row == 0] == [300]
    assert [most for row, most in requests if row == 1] == [300, -1]


def test_no_more_is_decoded_at_once_than_there_is_room_for(tmp_path, monkeypatch):
    import threading

    paths = write(tmp_path, noise(24, 40, 50), tf.io.encode_png)
    one = 3 * 40 * 50 * 3 + max(map(os.path.getsize, paths))
    running, most, lock = [0], [0], threading.Lock()
    decode = image_files._decoded

    def watched(group, **options):
        size = sum(item.needed for item in group)
        with lock:
            running[0] += size
            most[0] = max(most[0], running[0])
        try:
            return decode(group, **options)
        finally:
            with lock:
                running[0] -= size

    monkeypatch.setattr(image_files, "_decoded", watched)
    limits = image_files.Limits(one, 5 * one)
    assert (
        sum(each.image is not None for each in decoded(paths, ImagePreprocessing(), limits)) == 24
    )
    assert one <= most[0] <= 5 * one


def test_one_image_may_take_all_there_is_and_a_larger_one_is_refused_with_the_number(tmp_path):
    paths = write(tmp_path, [*noise(1, 10, 10), *noise(1, 30, 40), *noise(1, 10, 10)])
    limits = image_files.Limits(3 * 3600, 100)
    assert [each.image.shape[0] for each in decoded(paths, ImagePreprocessing(), limits)] == [
        10,
        30,
        10,
    ]
    limits = image_files.Limits(10_000, 100)
    result = list(decoded(paths, ImagePreprocessing(), limits))
    assert [each.image is None for each in result] == [False, True, False]
    sentence = (
        "its 40 x 30 pixels need 10.5 KiB of memory, of which 9.8 KiB may be taken (--memory)"
    )
    assert result[1].reason == sentence
    headers = list(image_files.headers(read, paths, sizes(paths), ImagePreprocessing(), limits))
    assert [each.reason for each in headers] == ["", sentence, ""]


def test_a_size_that_memory_does_not_hold_is_named_before_the_file(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(tf.io.encode_png(np.zeros((3, 4, 3), np.uint8)).numpy())
    limits, preprocess = image_files.Limits(10_000, 100), ImagePreprocessing((50, 60))
    for function in (image_files.headers, image_files.decoded):
        [result] = function(read, [str(path)], sizes([str(path)]), preprocess, limits)
        assert result.reason.startswith(
            "its 4 x 3 pixels, resized to 60 x 50 (--image_size), need "
        )


def test_a_file_that_is_larger_than_memory_is_not_read(tmp_path):
    path = str(tmp_path / "a.tif")
    with open(path, "wb") as file:
        file.truncate(2**40)
    reason = "its 1.0 TiB are more than memory may take (--memory)"
    for function in (image_files.headers, image_files.decoded):
        [result] = function(None, [path], sizes([path]), ImagePreprocessing(), LIMITS)
        assert result.reason == reason


def test_a_limit_is_shared_between_images_that_are_decoded_and_those_that_are_kept():
    assert image_files.Limits.of(2**30) == image_files.Limits(2**29, 2**29)
    by_default = image_files.Limits.of()
    assert by_default.together <= image_files._USUAL_BYTES <= by_default.one


def test_an_iterator_that_is_left_ends_its_threads(tmp_path):
    import threading

    paths = write(tmp_path, noise(500))
    before = threading.active_count()
    images = decoded(paths, ImagePreprocessing())
    next(images)
    images.close()
    assert threading.active_count() == before


def test_decoded_in_a_graph_as_in_files(tmp_path):
    [path] = write(tmp_path, noise(1))
    image = preprocessing.decode(tf.io.read_file(path), ImagePreprocessing())
    np.testing.assert_array_equal(image, next(iter(decoded([path], ImagePreprocessing()))).image)
