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
