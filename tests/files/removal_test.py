"""What a link leads to is never removed."""

import os

import tensorflow as tf

from tfgan import files


def test_a_directory_goes_with_all_that_is_in_it(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text("c")
    files.remove(str(tmp_path / "a"))
    files.remove(str(tmp_path / "a"))  # which is missing now
    assert list(tmp_path.iterdir()) == []


def test_of_a_link_the_link_alone_goes(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("precious")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "precious")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    for name in ("link", "inside", "dangling"):
        files.remove(str(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]
    assert (tmp_path / "precious" / "file").read_text() == "precious"


def test_only_what_a_killed_writer_left_is_cleared_away(tmp_path):
    left = files.part_of(str(tmp_path / "figures.json"))
    open(left, "w").close()
    link = files.part_of(str(tmp_path / "7"))
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("precious")
    tmp_path.joinpath(link).symlink_to(tmp_path / "precious")
    for kept in ("a.part", ".7.part", ".hidden", "figures.json"):
        (tmp_path / kept).write_text(kept)
    files.remove_parts(str(tmp_path))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [".7.part", ".hidden", "a.part", "figures.json", "precious"]
    assert (tmp_path / "precious" / "file").exists()


def test_remote_directories_are_removed_too():
    files.write_text("ram://removing_test/a/b.txt", "text")
    files.remove("ram://removing_test/a")
    assert not tf.io.gfile.exists("ram://removing_test/a/b.txt")


def test_nothing_is_cleared_away_behind_a_link(tmp_path):
    (tmp_path / "precious").mkdir()
    left = files.part_of(str(tmp_path / "precious" / "7"))
    open(left, "w").close()
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    for name in ("link", "link/"):
        files.remove_parts(f"{tmp_path}/{name}")
    assert os.path.exists(left)


def test_where_others_may_write_only_what_is_old_is_cleared_away(tmp_path):
    old, new = files.part_of(str(tmp_path / "a.npy")), files.part_of(str(tmp_path / "b.npy"))
    for path in (old, new):
        open(path, "w").close()
    os.utime(old, (1e9, 1e9))
    files.remove_parts(str(tmp_path), min_age=3600.0)
    assert [str(path) for path in tmp_path.iterdir()] == [new]
