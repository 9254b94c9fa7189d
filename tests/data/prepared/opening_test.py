import json

import pytest
import tensorflow as tf

from tfgan.data import open_source, prepared
from tfgan.data.prepared import opening
from tfgan.data.prepared.source import PreparedSource

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
    monkeypatch.setattr(opening.source, "Shards", lambda *arguments: None)
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
    with pytest.raises(ValueError, match=r"train-00003.* must have [\d,]+ bytes; it has"):
        open_source(f"tfrecord:{folder}")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "has format version 2; this release of tfgan reads version 1"),
        ({"format": "other"}, "is not the index of a set that `tfgan prepare` made"),
        ({"record_bytes": 7}, "is not the index of a set"),
        ({"parts": {"train": []}}, "is not the index of a set"),
        ({"parts": [1]}, "is not the index of a set"),
        ({"class_names": []}, "is not the index of a set"),
    ],
)
def test_an_index_of_another_form_is_refused(folder, change, message):
    content = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps(content | change))
    with pytest.raises(ValueError, match=message):
        open_source(f"tfrecord:{folder}")


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe"])
def test_a_file_that_is_no_index_is_refused(folder, text):
    (folder / "index.json").write_bytes(text)
    with pytest.raises(ValueError, match="index.json is not the index of a set"):
        open_source(f"tfrecord:{folder}")


def test_a_folder_without_a_set_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"for other files give a pattern, such as .*\*.tfrecord"):
        open_source(f"tfrecord:{tmp_path}")
