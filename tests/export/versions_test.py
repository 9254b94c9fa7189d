"""A version appears whole or not at all."""

import json
import signal

import pytest
import tensorflow as tf

from tfgan import files
from tfgan.export import versions

KILLED = """
import os, signal, sys
from tfgan import files
from tfgan.export import versions

def write(part):
    files.write_text(f"{part}/variables/half", "half")
    os.kill(os.getpid(), signal.SIGKILL)

versions.publish(sys.argv[1], write)
"""


def write(part):
    files.write_text(f"{part}/a/b.txt", "whole")


def names(directory):
    return sorted(name.rstrip("/") for name in tf.io.gfile.listdir(str(directory)))


@pytest.mark.parametrize("place", ["disk", "ram"])
def test_versions_are_numbered_from_one(tmp_path, place):
    directory = str(tmp_path) if place == "disk" else f"ram://{tmp_path}"
    assert versions.publish(directory, write) == f"{directory}/1"
    assert versions.publish(directory, write) == f"{directory}/2"
    with tf.io.gfile.GFile(f"{directory}/2/a/b.txt") as file:
        assert file.read() == "whole"
    assert names(directory) == ["1", "2"]


def test_the_next_number_is_above_the_highest_that_there_is(tmp_path):
    (tmp_path / "7").mkdir()
    (tmp_path / "notes").mkdir()
    assert versions.publish(str(tmp_path), write) == f"{tmp_path}/8"


def test_an_error_publishes_nothing_and_leaves_nothing(tmp_path):
    def fail(part):
        write(part)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        versions.publish(str(tmp_path), fail)
    assert names(tmp_path) == []


def test_a_kill_leaves_no_version_and_the_next_export_clears_up(programs, tmp_path):
    assert programs.start(tmp_path, code=KILLED).wait() == -signal.SIGKILL
    assert len(names(tmp_path)) == 2  # the lock and the part
    assert all(name.startswith(".") for name in names(tmp_path))  # TF Serving does not see them
    versions.publish(str(tmp_path), write)
    assert names(tmp_path) == ["1"]
    assert names(tmp_path / "1") == ["a"]


def test_of_two_exports_into_one_folder_the_second_is_refused_and_neither_mixes(tmp_path):
    def write_while_another_tries(part):
        with pytest.raises(files.Locked, match="is in use by tfgan export"):
            versions.publish(str(tmp_path), lambda part: files.write_text(f"{part}/other", "other"))
        write(part)

    versions.publish(str(tmp_path), write_while_another_tries)
    assert names(tmp_path) == ["1"]
    assert names(tmp_path / "1") == ["a"]


@pytest.mark.parametrize("name", [".7.part", ".7.0123456789ab.part"])
def test_a_link_that_is_named_like_a_part_is_never_followed(tmp_path, name):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("precious")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / name).symlink_to(tmp_path / "precious")
    versions.publish(str(tmp_path / "export"), write)
    assert (tmp_path / "precious" / "file").read_text() == "precious"


def test_an_export_that_lost_its_lock_while_it_stood_still_publishes_nothing(tmp_path):
    def lose(part):
        write(part)
        lock = tmp_path / files.locks.NAME
        lock.write_text(json.dumps(json.loads(lock.read_text()) | {"token": "another"}))

    with pytest.raises(files.Locked, match="was taken over"):
        versions.publish(str(tmp_path), lose)
    assert names(tmp_path) == [files.locks.NAME]  # it belongs to the other process
