"""Which names mean a prepared dataset."""

import pytest
import tensorflow as tf

from tfgan.data import open_source
from tfgan.data.sources import prepared
from tfgan.data.sources.prepared import source as source_file
from tfgan.data.sources.prepared.source import PreparedSource

from . import sets


@pytest.fixture
def folder(tmp_path, monkeypatch):
    sets.few_a_shard(monkeypatch)
    prepared.write(sets.numbered(), str(tmp_path), {})
    return tmp_path


@pytest.mark.parametrize("pattern", ["", "/", "/*", "/*.tfrecord"])
def test_the_folder_and_a_pattern_for_all_files_name_the_set(folder, pattern):
    source = open_source(f"tfrecord:{folder}{pattern}")
    assert isinstance(source, PreparedSource)
    assert (source.name, source.count) == (f"tfrecord:{folder}{pattern}", 54)
    assert source.spec.class_names == ("class 0", "class 1", "class 2")


def test_no_record_is_read_to_open_it(folder, monkeypatch):
    monkeypatch.setattr(tf.data, "TFRecordDataset", None)
    monkeypatch.setattr(source_file, "ShardReader", lambda *arguments: None)
    assert open_source(f"tfrecord:{folder}").spec.classes == 3


def test_a_pattern_for_some_files_names_these_files(folder):
    source = open_source(f"tfrecord:{folder}/train-*")
    assert not isinstance(source, PreparedSource)
    assert source.count + source.held_out.count == 54


def test_an_unfinished_set_is_refused(folder):
    (folder / "index.json").rename(folder / "unfinished.json")
    for location in (folder, f"{folder}/*.tfrecord", f"{folder}/train-*"):
        with pytest.raises(ValueError, match="is not finished: run the `tfgan prepare` that began"):
            open_source(f"tfrecord:{location}")


def test_a_missing_file_is_refused(folder):
    (folder / "train-00003-of-00006.tfrecord").unlink()
    for location in (folder, f"{folder}/*.tfrecord"):
        with pytest.raises(ValueError, match="train-00003-of-00006.tfrecord is missing"):
            open_source(f"tfrecord:{location}")


def test_a_file_of_another_size_is_refused(folder):
    path = folder / "train-00003-of-00006.tfrecord"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"train-00003.* must have [\d,]+ bytes; received"):
        open_source(f"tfrecord:{folder}")


def test_a_folder_without_a_set_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"for other files give a pattern, such as .*\*.tfrecord"):
        open_source(f"tfrecord:{tmp_path}")
