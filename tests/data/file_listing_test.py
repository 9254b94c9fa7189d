"""Links, and files and folders that cannot be read."""

import os

import pytest
import tensorflow as tf

from tfgan.data import file_listing, open_source
from tfgan.data.sources import image_folder

from .folders import opened, pixels, write


def test_a_file_that_may_not_be_read_is_no_broken_image(tmp_path, monkeypatch):
    write(tmp_path, "a.png", pixels(1))

    def refuse(path):
        raise tf.errors.PermissionDeniedError(None, None, f"{path}; Permission denied")

    monkeypatch.setattr(file_listing.tf.io.gfile, "stat", refuse)
    with pytest.raises(ValueError, match=r"a file cannot be read: .*a\.png; Permission denied"):
        opened(tmp_path, skip_broken=True)


def test_links_that_lead_back_are_not_followed_and_that_is_said(tmp_path, warnings, log):
    for index in range(10):
        write(tmp_path, f"a/{index}.png", pixels(index))
    os.symlink("..", tmp_path / "a" / "up")
    assert opened(tmp_path).count == 9  # one is held out
    assert log.messages[0].endswith("1 link to a folder above is not followed: a/up.")
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


def test_the_size_of_a_link_to_nothing_is_refused(tmp_path):
    (tmp_path / "classes.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="images:.*: classes.txt: there is no such file"):
        file_listing.Folder(str(tmp_path)).size("classes.txt")
