"""Only regular files are read, and only as far as they are declared to be long."""

import os

import pytest

from tfgan import data, files, memory
from tfgan.data.labels import label_files

READERS = {
    "open_binary": lambda path: files.open_binary(path, path),
    "read_bytes": lambda path: files.read_bytes(path, path),
    "read_json": lambda path: files.read_json(path, dict, "a record"),
    "labels": label_files.read,
    "text": lambda path: data.open_source(f"text:{path}"),
    "arrays": lambda path: data.open_source(f"arrays:{path}"),
    "dataset.json": lambda path: data.open_source(f"images:{os.path.dirname(path)}"),
    "zip": lambda path: data.open_source(f"images:{path}"),
}
NAMES = {"labels": "l.csv", "arrays": "a.npz", "zip": "a.zip"}


@pytest.mark.parametrize("kind", ["a pipe", "a device"])
@pytest.mark.parametrize("reader", READERS)
def test_what_has_no_end_is_refused_and_not_read(tmp_path, reader, kind):
    (tmp_path / "1.png").write_bytes(b"not read")
    path = tmp_path / NAMES.get(reader, "dataset.json")
    os.mkfifo(path) if kind == "a pipe" else path.symlink_to("/dev/zero")
    with pytest.raises(ValueError, match=f"{path.name} is not a regular file.$"):
        READERS[reader](str(path))


def test_a_link_to_a_regular_file_is_followed(tmp_path):
    (tmp_path / "far").write_bytes(b"content")
    (tmp_path / "near").symlink_to("far")
    assert files.read_bytes(f"{tmp_path}/near", "near") == b"content"


def test_a_file_that_memory_does_not_hold_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "large").write_bytes(bytes(101))
    monkeypatch.setattr(memory, "free", lambda: 100)
    with pytest.raises(ValueError, match="it needs 101 bytes of memory, of which 100 bytes"):
        files.read_bytes(f"{tmp_path}/large", "it")


def test_a_regular_file_is_made_continued_and_read(tmp_path):
    for path in (f"{tmp_path}/a", "ram://no_link_test/a"):
        for content in (b"1", b"2"):
            with files.open_without_links(path, "ab") as file:
                file.write(content)
        with files.open_without_links(path, "rb") as file:
            assert file.read() == b"12"


@pytest.mark.parametrize("mode", ["rb", "ab"])
def test_a_pipe_with_another_side_is_refused_too(tmp_path, mode):
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    other = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    with pytest.raises(OSError, match="pipe must be a regular file"):
        files.open_without_links(path, mode)
    os.close(other)


def test_a_missing_file_is_no_refusal_of_its_kind(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.open_without_links(f"{tmp_path}/missing", "rb")
