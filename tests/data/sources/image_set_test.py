"""Which files of a folder are used: broken ones, labels, and the held-out part."""

import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import held_out, reading_rules
from tfgan.data.sources import image_folder

from ..folders import few_and_many, labels_of, opened, pixels, values, write


@pytest.fixture
def damaged(tmp_path):
    """Ten files in two classes; the second to the fifth are broken, each in its own way."""
    jpeg = tf.io.encode_jpeg(np.random.default_rng(0).integers(0, 256, (4, 6, 3), np.uint8)).numpy()
    png = tf.io.encode_png(pixels(1)).numpy()
    broken = {1: jpeg[:-10], 2: png[:-20], 3: b"", 4: b"no image"}
    for index in range(10):
        write(tmp_path, f"{'ab'[index % 2]}/{index}.jpg", broken.get(index, pixels(index)))
    return tmp_path


def test_broken_files_are_named_and_counted(damaged):
    message = (
        r"4 of 10 files cannot be decoded: a/2.jpg \(it is damaged or truncated\), a/4.jpg \(it is "
        r"not an image\), b/1.jpg \(it is .* truncated\), ...; remove them or use"
    )
    with pytest.raises(ValueError, match=message):
        opened(damaged)


def test_broken_files_can_be_left_out(damaged, warnings):
    source = opened(damaged, skip_broken=True)
    assert values(source) == [0, 6, 8, 5, 7, 9]
    assert source.label.tolist() == [0, 0, 0, 1, 1, 1]
    assert "4 of 10 files cannot be decoded: a/2.jpg" in warnings[0]


def test_links_to_nothing_are_named_or_left_out(tmp_path, warnings):
    write(tmp_path, "a.png", pixels(1))
    os.symlink(tmp_path / "nothing", tmp_path / "b.png")
    with pytest.raises(ValueError, match=r"1 file cannot be read: b.png \(it is a link to nothing"):
        opened(tmp_path)
    assert values(opened(tmp_path, skip_broken=True)) == [1]
    assert warnings[0].endswith("b.png (it is a link to nothing); it is left out.")


def test_pipes_are_not_read(tmp_path):
    write(tmp_path, "a.png", pixels(1))
    os.mkfifo(tmp_path / "b.png")
    with pytest.raises(
        ValueError, match=r"1 file .*: b.png \(it is not a regular file\); remove it"
    ):
        opened(tmp_path)


def test_a_folder_without_images_is_refused(tmp_path):
    write(tmp_path, "a.txt", b"text")
    with pytest.raises(
        ValueError, match=r"there are no images \(.jpg .jpeg .jfif .png .gif .bmp .webp .tif"
    ):
        opened(tmp_path)


def test_each_class_gives_a_tenth_and_a_class_of_one_image_keeps_it(tmp_path, log):
    few_and_many(tmp_path, bird=1, cat=60, dog=30)
    source = opened(tmp_path)
    assert [np.bincount(labels_of(part)).tolist() for part in (source, source.held_out)] == [
        [1, 54, 27],
        [0, 6, 3],
    ]
    assert source.decisions == {"held_out": "each class"}
    assert log.messages[-1].endswith("held out is one example in ten of each class.")


def test_a_run_of_before_reads_the_labels_and_the_held_out_part_that_it_had(tmp_path):
    few_and_many(tmp_path, **{str(number): 5 for number in range(12)})
    write(tmp_path, "0/stray/1.png", pixels(1))
    before, today = (
        opened(tmp_path, rules=rules) for rules in (reading_rules.BEFORE, reading_rules.TODAY)
    )
    assert before.spec.class_names[:4] == ("0", "1", "10", "11")
    assert today.spec.class_names[:4] == ("0", "1", "2", "3")
    assert before.decisions == {} and today.decisions["held_out"] == "each class"
    hashes = held_out.hashes_of_names(image_folder.list_files(str(tmp_path)).names)
    np.testing.assert_array_equal(before.held_out.rows, np.flatnonzero(held_out.tenth(hashes)))
    assert before.fingerprint != today.fingerprint
    assert before.held_out.fingerprint != today.held_out.fingerprint


def test_the_split_of_the_folder_is_held_out(tmp_path):
    few_and_many(tmp_path / "train", cat=3, dog=2)
    few_and_many(tmp_path / "val", cat=1, dog=2)
    source = opened(tmp_path)
    assert (source.count, source.held_out.count) == (5, 3)
    assert labels_of(source.held_out).tolist() == [0, 1, 1]
    assert source.decisions == {"labels": "folders", "training": "train", "held_out": "val"}


def test_other_labels_of_the_same_images_are_another_set(tmp_path):
    for index in range(2):
        write(tmp_path, f"{index}.png", pixels(index))
    prints = {opened(tmp_path).fingerprint}
    for line in ("0.png,a\n1.png,b\n", "0.png,b\n1.png,a\n"):
        write(tmp_path, "l.csv", line.encode())
        prints.add(opened(tmp_path, labels=f"{tmp_path}/l.csv").fingerprint)
    assert len(prints) == 3
