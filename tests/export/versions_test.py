"""A version appears whole or not at all."""

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
    assert names(tmp_path) == [".1.part"]  # no number: TF Serving does not see it
    versions.publish(str(tmp_path), write)
    assert names(tmp_path) == ["1"]
    assert names(tmp_path / "1") == ["a"]
