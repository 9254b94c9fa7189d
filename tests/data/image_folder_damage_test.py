"""Files and links in a folder that cannot be read, and folders that cannot."""

import os

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import file_listing, open_source
from tfgan.data.sources import image_folder

from .folders import opened, pixels, values, write


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
        r"4 of 10 files cannot be decoded: a/2.jpg \(it is damaged or cut short\), a/4.jpg \(it is "
        r"not an image\), b/1.jpg \(it is .* cut short\), ...; remove them or use"
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
    with pytest.raises(
        ValueError, match="1 file cannot be read, because it is a link to nothing: b"
    ):
        opened(tmp_path)
    assert values(opened(tmp_path, skip_broken=True)) == [1]
    assert warnings[0].endswith("it is a link to nothing: b.png; it is left out.")


def test_a_file_that_may_not_be_read_is_no_broken_image(tmp_path, monkeypatch):
    write(tmp_path, "a.png", pixels(1))

    def refuse(path):
        raise tf.errors.PermissionDeniedError(None, None, f"{path}; Permission denied")

    monkeypatch.setattr(file_listing.tf.io.gfile, "stat", refuse)
    with pytest.raises(ValueError, match=r"a file cannot be read: .*a\.png; Permission denied"):
        opened(tmp_path, skip_broken=True)


def test_links_that_lead_back_are_not_followed_and_that_is_said(tmp_path, warnings, said):
    for index in range(10):
        write(tmp_path, f"a/{index}.png", pixels(index))
    os.symlink("..", tmp_path / "a" / "up")
    assert opened(tmp_path).count == 9  # one is held out
    assert said.messages[0].endswith("1 link to a folder above is not followed: a/up.")
    os.symlink("../a", tmp_path / "a" / "self")
    assert len(image_folder.list_files(str(tmp_path)).names) == 10


def test_links_to_folders_elsewhere_are_followed(tmp_path):
    write(tmp_path / "elsewhere", "1.png", pixels(1))
    write(tmp_path / "in", "a/2.png", pixels(2))
    os.symlink("../elsewhere", tmp_path / "in" / "b")
    assert opened(tmp_path / "in").spec.class_names == ("a", "b")


def test_a_folder_that_may_not_be_listed_is_refused(tmp_path, monkeypatch):
    write(tmp_path, "a/1.png", pixels(1))
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(file_listing.os, "scandir", refuse)
    with pytest.raises(ValueError, match="/a cannot be read: Permission denied"):
        opened(tmp_path)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="nowhere: there is no such folder"):
        open_source(f"images:{tmp_path}/nowhere")


def test_a_folder_without_images_is_refused(tmp_path):
    write(tmp_path, "a.txt", b"text")
    with pytest.raises(
        ValueError, match=r"there are no images \(.jpg .jpeg .jfif .png .gif .bmp .webp .tif"
    ):
        opened(tmp_path)
