"""A directory gets all its files, or none."""

import os
import signal

import pytest
import tensorflow as tf

from tfgan import files
from tfgan.files import atomic

KILLED = """
import os, signal, sys
from tfgan import files

with files.new_directory(sys.argv[1], "test") as part:
    files.write_text(f"{part}/a/half", "half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def fill(directory):
    with files.new_directory(str(directory), "test") as part:
        files.write_text(f"{part}/a/1", "one")
        files.write_text(f"{part}/2", "two")


def content(directory):
    """The files below a directory, local or remote, hidden ones too."""
    found = {}
    for folder, _, names in tf.io.gfile.walk(str(directory)):
        for name in names:
            with tf.io.gfile.GFile(f"{folder.rstrip('/')}/{name}") as file:
                found[f"{folder.rstrip('/')}/{name}".removeprefix(f"{directory}/")] = file.read()
    return found


@pytest.mark.parametrize("exists", [False, True])
def test_a_directory_has_no_file_before_it_has_all(tmp_path, exists):
    place = tmp_path / "place"
    if exists:
        place.mkdir()
    with files.new_directory(f"{place}/", "test") as part:
        files.write_text(f"{part}/a/1", "one")
        assert not list(place.glob("[!.]*"))
        files.write_text(f"{part}/2", "two")
    assert content(tmp_path) == {"place/a/1": "one", "place/2": "two"}


def test_an_object_store_gets_them_too():
    fill("ram://filling_test/place")
    assert content("ram://filling_test") == {"place/a/1": "one", "place/2": "two"}


@pytest.mark.parametrize("exists", [False, True])
def test_what_a_killed_process_left_is_removed_by_the_next_one(tmp_path, programs, exists):
    place = tmp_path / "place"
    if exists:
        place.mkdir()
    assert programs.start(place, code=KILLED).wait() == -signal.SIGKILL
    assert list(tmp_path.rglob("half")) and not list(place.glob("[!.]*"))
    fill(place)
    assert content(tmp_path) == {"place/a/1": "one", "place/2": "two"}


def test_of_two_that_fill_one_directory_at_once_the_later_one_is_refused(tmp_path):
    refusal = pytest.raises(ValueError, match="holds files already")
    with refusal, files.new_directory(str(tmp_path / "place"), "test") as part:
        files.write_text(f"{part}/1", "later")
        with files.new_directory(str(tmp_path / "place"), "test") as other:
            assert os.path.exists(f"{part}/1") and other != part
            files.write_text(f"{other}/1", "sooner")
    assert content(tmp_path) == {"place/1": "sooner"}


@pytest.mark.parametrize("exists", [False, True])
def test_a_failure_leaves_nothing(tmp_path, exists):
    place = tmp_path / "place"
    if exists:
        place.mkdir()
    with pytest.raises(RuntimeError), files.new_directory(str(place), "test") as part:
        files.write_text(f"{part}/1", "half")
        raise RuntimeError
    assert content(tmp_path) == {} and place.exists() == exists


def test_a_directory_with_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine").write_text("keep")
    with pytest.raises(ValueError, match="holds files already; choose an empty or new folder"):
        fill(tmp_path)
    assert content(tmp_path) == {"mine": "keep"}


def test_a_link_to_an_empty_directory_stays_a_link(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to("far")
    fill(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert content(tmp_path / "far") == {"a/1": "one", "2": "two"}


def test_a_new_directory_is_never_filled_file_by_file(tmp_path, monkeypatch):
    place, rename = tmp_path / "place", atomic._rename

    def late(part, directory):
        place.mkdir()
        (place / "2").write_text("of another")
        rename(part, directory)

    monkeypatch.setattr(atomic, "_rename", late)
    with pytest.raises(ValueError, match="place holds files already"):
        fill(place)
    assert content(tmp_path) == {"place/2": "of another"}


def test_a_link_that_is_named_like_a_part_is_left_alone(tmp_path):
    far, link = tmp_path / "far", tmp_path / ".place.0123456789ab.part"
    far.mkdir()
    (far / ".tfgan.lock").write_text("{}")
    link.symlink_to("far")
    fill(tmp_path / "place")
    assert link.is_symlink() and content(far) == {".tfgan.lock": "{}"}
