import json

import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgan import memory
from tfgan.data import open_source
from tfgan.data.sources import prepared

from . import sets


@pytest.fixture
def folder(tmp_path, monkeypatch):
    sets.few_a_shard(monkeypatch)
    prepared.write(sets.numbered(), str(tmp_path), {})
    return tmp_path


def as_found(folder, index):
    """A set of two images, as the first release wrote it."""
    for file, value in (
        ("train-00000-of-00001.tfrecord", 7),
        ("held_out-00000-of-00001.tfrecord", 9),
    ):
        features = {
            "data": tf.train.Feature(bytes_list=tf.train.BytesList(value=[bytes([value]) * 6])),
            "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[value % 2])),
            "shape": tf.train.Feature(int64_list=tf.train.Int64List(value=[2, 3, 1])),
        }
        example = tf.train.Example(features=tf.train.Features(feature=features))
        with tf.io.TFRecordWriter(str(folder / file)) as writer:
            writer.write(example.SerializeToString(deterministic=True))
    (folder / "index.json").write_text(json.dumps(index))


FIRST = {
    "format": "tfgan prepared images", "version": 1, "source": "images:faces",
    "made_from": {"fingerprint": "f", "image_size": None, "crop": None, "channels": None},
    "shape": [2, 3, 1], "dtype": "uint8", "classes": 2, "class_names": ["a", "b"],
    "record_bytes": 72,
    "parts": {
        part: [{"file": f"{part}-00000-of-00001.tfrecord", "count": 1, "sha256": "0" * 64}]
        for part in ("train", "held_out")
    },
}  # fmt: skip


def test_a_set_of_the_first_release_opens(tmp_path):
    as_found(tmp_path, FIRST)
    source = open_source(f"tfrecord:{tmp_path}")
    [batch], [held_out] = source.examples(), source.held_out.examples()
    assert (batch["data"] == 7).all() and batch["label"].tolist() == [1]
    assert (held_out["data"] == 9).all() and source.spec.class_names == ("a", "b")


def edited(path, value):
    """FIRST with the entry at a path changed."""
    content = json.loads(json.dumps(FIRST))
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return content


SHARD = ("parts", "train", 0)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ((*SHARD, "file"), "../x", "'../x' must be the name of a file in the same folder"),
        ((*SHARD, "file"), "/etc/passwd", "must be the name of a file"),
        ((*SHARD, "file"), "held_out-00000-of-00001.tfrecord", "it names a file twice"),
        ((*SHARD, "count"), -1, "must be a whole number, at least 1"),
        ((*SHARD, "count"), "1", "must be a whole number; received a string"),
        ((*SHARD, "count"), 2**40, "must have .* bytes; received 72"),
        ((*SHARD, "sha256"), 5, "must be a string or null"),
        (("shape",), [2, 3], r"No kind of data has examples of shape \(2, 3\) and type uint8"),
        (("shape",), [10**6, 10**6, 3], "a record cannot have 72 bytes"),
        (("shape",), [0, 3, 1], "must be a whole number, at least 1"),
        (("shape",), [3, 2, 3], "a record must have .* bytes"),
        (("dtype",), "float32", "shape .* and type float32"),
        (("kind",), "latents", "shape .* and type uint8"),
        (("mean",), [0.0], "images have no entry mean"),
        (("classes",), 10**12, "one name per class"),
        (("made_from",), {}, "made_from must have a fingerprint"),
        (("parts",), {"train": [], "held_out": []}, "it has no files to train on"),
        (("parts", "rest"), [], "cannot be 'rest'"),
        (("source",), None, "must be a string; received null"),
    ],
)
def test_an_edited_index_is_refused_in_one_sentence(tmp_path, path, value, sentence):
    as_found(tmp_path, edited(path, value))
    with pytest.raises(ValueError, match=sentence) as caught:
        open_source(f"tfrecord:{tmp_path}")
    assert "\n" not in str(caught.value)


def test_a_record_larger_than_memory_is_refused(tmp_path, monkeypatch):
    content = edited(("shape",), [10**5, 10**5, 3]) | {"record_bytes": 3 * 10**10 + 100}
    as_found(tmp_path, content)
    monkeypatch.setattr(memory, "free", lambda: 2**30)
    with pytest.raises(ValueError, match="a record needs 111.8 GiB of memory"):
        open_source(f"tfrecord:{tmp_path}")


def paths(tree, path=()):
    """The paths of all entries of JSON."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=2) | st.dictionaries(st.text(max_size=5), each, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(paths(FIRST))), JSON)
def test_any_edit_gives_the_images_or_one_sentence(tmp_path_factory, path, value):
    folder = tmp_path_factory.getbasetemp() / "edited"
    folder.mkdir(exist_ok=True)
    as_found(folder, edited(path, value))
    try:
        source = open_source(f"tfrecord:{folder}")
    except ValueError as error:
        assert "\n" not in str(error)
    else:
        [batch] = source.examples()
        assert (batch["data"] == 7).all()


def test_a_record_of_no_class_is_damaged(tmp_path):
    as_found(tmp_path, FIRST)
    path = tmp_path / "train-00000-of-00001.tfrecord"
    content = path.read_bytes()
    label = content.index(b"label") + len(b"label") + 6
    assert content[label] == 1
    path.write_bytes(content[:label] + b"\x05" + content[label + 1 :])
    with pytest.raises(ValueError, match="train-00000-of-00001.tfrecord is damaged at record 0"):
        list(open_source(f"tfrecord:{tmp_path}").examples())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "has format version 2; this release of tfgan reads version 1"),
        ({"format": "other"}, "is not the index of a dataset that `tfgan prepare` made"),
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
