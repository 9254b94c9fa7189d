"""A run's own file is opened, and nothing that another has put in its place."""

import os

import pytest

from tfgan import files


def test_a_regular_file_is_made_continued_and_read(tmp_path):
    for path in (f"{tmp_path}/a", "ram://own_test/a"):
        for content in (b"1", b"2"):
            with files.open_own(path, "ab") as file:
                file.write(content)
        with files.open_own(path, "rb") as file:
            assert file.read() == b"12"


@pytest.mark.parametrize("mode", ["rb", "ab"])
def test_a_pipe_with_another_side_is_refused_too(tmp_path, mode):
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    other = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    with pytest.raises(OSError, match="pipe must be a regular file"):
        files.open_own(path, mode)
    os.close(other)


def test_a_missing_file_is_no_refusal_of_its_kind(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.open_own(f"{tmp_path}/missing", "rb")
