"""A file appears whole or not at all."""

import pathlib

import numpy as np
import pytest
import tensorflow as tf

from tfgan import files


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path):
    path = tmp_path / "new" / "figures.json"
    with files.atomic_file(str(path)) as part:
        pathlib.Path(part).write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"


def test_a_failure_leaves_the_old_file_and_no_part(tmp_path):
    path = tmp_path / "figures.json"
    files.write_text(str(path), "old")
    with pytest.raises(RuntimeError), files.atomic_file(str(path)) as part:
        pathlib.Path(part).write_text("half")
        raise RuntimeError
    assert [each.name for each in tmp_path.iterdir()] == ["figures.json"]
    assert path.read_text() == "old"


def test_two_writers_of_one_file_never_share_a_part(tmp_path):
    path = tmp_path / "a"
    with files.atomic_file(str(path)) as one, files.atomic_file(str(path)) as other:
        pathlib.Path(one).write_text("1" * 1000)
        pathlib.Path(other).write_text("2" * 1000)
    assert path.read_text() in ("1" * 1000, "2" * 1000)


def test_a_link_is_replaced_and_what_it_leads_to_is_not_touched(tmp_path):
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    files.write_bytes(str(tmp_path / "link"), b"new")
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "link").read_text() == "new"


def test_remote_files_are_written_too():
    files.write_text("ram://writing_test/a/b.txt", "text")
    with tf.io.gfile.GFile("ram://writing_test/a/b.txt") as file:
        assert file.read() == "text"


@pytest.mark.parametrize("compressed", [False, True])
def test_arrays_are_written_whole_under_the_very_name_and_equal_arrays_are_equal_bytes(
    tmp_path, compressed
):
    contents = []
    for name in ("a", "b.npz"):
        files.write_arrays(str(tmp_path / name), {"x": np.arange(9)}, compressed=compressed)
        with np.load(tmp_path / name) as arrays:
            np.testing.assert_array_equal(arrays["x"], np.arange(9))
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b.npz"]


@pytest.mark.parametrize("place", ["{}/place", "ram://atomic_test/place"])
def test_the_files_of_an_existing_directory_stay_and_the_last_one_comes_last(
    tmp_path, place, monkeypatch
):
    place, order, rename = place.format(tmp_path), [], tf.io.gfile.rename
    monkeypatch.setattr(
        tf.io.gfile,
        "rename",
        lambda path, to, **options: (order.append(to), rename(path, to, **options)),
    )
    files.write_text(f"{place}/old", "old")
    order.clear()
    with files.atomic_directory(place, last="a.index") as part:
        for name in ("a.index", "b/c", "d"):
            files.write_text(f"{part}/{name}", name)
        order.clear()
    assert order[-1] == f"{place}/a.index" and len(order) == 3
    assert [name for name in files.names_in(place) if not name.startswith(".")] == [
        "a.index",
        "b",
        "d",
        "old",
    ]


def test_files_that_belong_together_appear_together(tmp_path):
    both = {f"{tmp_path}/a/x": b"1", f"{tmp_path}/y": b"2"}
    files.write_together(both)
    assert [pathlib.Path(path).read_bytes() for path in both] == [b"1", b"2"]
    (tmp_path / "z").mkdir()
    with pytest.raises(IsADirectoryError, match="z is a directory"):
        files.write_together({f"{tmp_path}/new": b"3", f"{tmp_path}/z": b"4"})
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "y", "z"]
