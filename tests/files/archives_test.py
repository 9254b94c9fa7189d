"""Zip files: what they hold, or one sentence."""

import zipfile

import pytest
import tensorflow as tf

from tfgan import files, memory


@pytest.fixture
def path(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        archive.writestr("folder/one", b"1" * 10_000_000)
        archive.writestr("two", b"2")
    return str(tmp_path / "a.zip")


def test_files_are_listed_and_read(path):
    with files.open_archive(path) as archive:
        assert archive.names == ("folder/one", "two")
        assert archive.size("folder/one") == 10_000_000
        assert archive.read("folder/one") == b"1" * 10_000_000
        with archive.stream("two") as stream:
            assert (stream.read(9), stream.read(9)) == (b"2", b"")


def test_a_remote_zip_is_read(path):
    tf.io.gfile.copy(path, "ram://archives_test.zip", overwrite=True)
    with files.open_archive("ram://archives_test.zip") as archive:
        assert archive.read("two") == b"2"


def test_what_memory_does_not_suffice_for_is_refused(path, monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 1000)
    with files.open_archive(path, "faces") as archive:
        assert archive.read("two") == b"2"
        with pytest.raises(ValueError, match="^faces: folder/one needs 9.5 MiB of memory"):
            archive.read("folder/one")


def test_other_files_are_refused(tmp_path):
    (tmp_path / "text").write_text("hello")
    sentence = "text is not a zip file, or is damaged"
    with pytest.raises(ValueError, match=sentence), files.open_archive(str(tmp_path / "text")):
        pass


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "mine").write_text("hello")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    for name, sentence in (("mine", "mine cannot be read: Permission"), ("link", "no such file")):
        with pytest.raises(ValueError, match=sentence):
            files.open_binary(str(tmp_path / name), name)
