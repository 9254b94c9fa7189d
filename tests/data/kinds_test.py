"""Every kind of image file, by every way that images take: each against the pixels of Pillow."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import held_out, open_source, open_stream
from tfgan.data.sources import prepared

from . import kinds

KINDS = kinds.all_kinds()


@pytest.fixture(autouse=True)
def nothing_is_held_out(monkeypatch):
    """These tests look at every image."""
    monkeypatch.setattr(held_out, "MOST", 0)


def opened(folder, name):
    (folder / name).write_bytes(KINDS[name])
    return open_source(f"images:{folder}")


def streamed(folder, name):
    (folder / name).write_bytes(KINDS[name])
    return open_stream(f"images:{folder}")


def made_ready(folder, name):
    prepared.write(streamed(folder, name), f"{folder}/prepared", {})
    return open_source(f"tfrecord:{folder}/prepared")


def recorded(folder, name):
    image = tf.train.Feature(bytes_list=tf.train.BytesList(value=[KINDS[name]]))
    example = tf.train.Example(features=tf.train.Features(feature={"image/encoded": image}))
    with tf.io.TFRecordWriter(f"{folder}/a.tfrecord") as writer:
        writer.write(example.SerializeToString())
    return open_source(f"tfrecord:{folder}/a.tfrecord")


@pytest.mark.parametrize("way", [opened, streamed, made_ready, recorded])
@pytest.mark.parametrize("name", KINDS)
def test_the_pixels_of_every_kind_of_file_are_those_of_pillow(tmp_path, name, way):
    [batch] = way(tmp_path, name).examples(batch_size=2)
    np.testing.assert_array_equal(batch["data"], kinds.seen(KINDS[name])[None])


@pytest.mark.parametrize("way", [opened, streamed, recorded])
@pytest.mark.parametrize(
    ("name", "decided"),
    [
        ("plain.jpg", {}),
        ("alpha.webp", {"alpha": "1 with alpha, on white (--background)"}),
        ("turned.tif", {"orientation": "1 turned the right way up, as EXIF says"}),
        ("animated.gif", {"animation": "1 with several pictures, of which the first is taken"}),
    ],
)
def test_what_is_decided_is_the_same_by_every_way(tmp_path, name, decided, way):
    assert way(tmp_path, name).decisions == decided


@pytest.mark.parametrize("way", [opened, streamed, recorded])
def test_white_of_sixteen_bits_is_the_same_by_every_way(tmp_path, monkeypatch, way):
    array = np.linspace(1000, 2950, 20).reshape(4, 5, 1).astype(np.uint16)
    monkeypatch.setitem(KINDS, "deep.png", tf.io.encode_png(array).numpy())
    source = way(tmp_path, "deep.png")
    [batch] = source.examples(batch_size=2)
    np.testing.assert_array_equal(batch["data"], np.rint(array * 255.0 / 4095)[None])
    assert source.decisions == {"depth": "1 of 16 bits, with 4,095 as white"}


@pytest.mark.parametrize("way", [opened, streamed, made_ready])
def test_images_that_were_read_with_their_alpha_keep_it(tmp_path, way):
    (tmp_path / "a.png").write_bytes(KINDS["alpha.png"])
    if way is made_ready:
        prepared.write(open_stream(f"images:{tmp_path}", channels=4), f"{tmp_path}/p", {})
        source = open_source(f"tfrecord:{tmp_path}/p")
        assert open_source(f"tfrecord:{tmp_path}/p", channels=3).spec.shape == (12, 18, 3)
    else:
        opening = open_source if way is opened else open_stream
        source = opening(f"images:{tmp_path}", channels=4)
    [batch] = source.examples(batch_size=2)
    np.testing.assert_array_equal(batch["data"][0], kinds.noise(4, 2))
    assert source.decisions == {}
