"""A version that cannot answer does not replace one that can."""

import json
import shutil

import pytest
import tensorflow as tf

from tfgan.serving import served_model, versioned_model


def edit(folder, **changes):
    """Changes the metadata of a version."""
    path = folder / "assets.extra" / "tfgan.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"truncation": "x"}, "`truncation`"),
        ({"truncation": {"low": 0.125}}, "`high`"),
        ({"recipe": "a/b"}, "`recipe`"),
        ({"classes": 3}, "has 3 classes by its metadata, and its signature takes no label"),
    ],
    ids=str,
)
def test_bad_metadata_do_not_replace_a_good_version(toy_model, tmp_path, caplog, changes, expected):
    for version in ("1", "2"):
        shutil.copytree(toy_model / "1", tmp_path / version)
    edit(tmp_path / "2", **changes)
    versions = versioned_model.VersionedModel(str(toy_model))
    versions._folder = str(tmp_path)
    for _ in range(3):
        versions.refresh()
    assert versions.current.version == 1
    [message] = [record.getMessage() for record in caplog.records]
    assert expected in message and "\n" not in message


def save(folder, outputs):
    """Writes a version whose sampling signature makes some outputs of its seeds."""

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.int64, "seed")])
    def sample(seed):
        return outputs(seed)

    tf.saved_model.save(tf.Module(), str(folder), {"serving_default": sample})
    (folder / "assets.extra").mkdir()
    (folder / "assets.extra" / "tfgan.json").write_text('{"format": 1, "recipe": "line"}')


def test_a_model_that_fails_when_it_is_called_is_refused(tmp_path):
    def fails(seed):
        tf.debugging.assert_greater(seed, tf.constant(5, tf.int64), "too small a seed")
        return {"point": seed}

    save(tmp_path / "1", fails)
    with pytest.raises(ValueError, match="cannot be served: it fails when .* too small a seed"):
        served_model.load(str(tmp_path / "1"), 1)


def test_a_model_that_gives_no_rows_is_refused(tmp_path):
    save(tmp_path / "1", lambda seed: {"sum": tf.reduce_sum(seed)})
    with pytest.raises(ValueError, match="it cannot serve a request: .*not one per row"):
        served_model.load(str(tmp_path / "1"), 1)


def test_a_model_of_tfgan_that_takes_no_seed_is_refused(tmp_path):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.float32, "x")])
    def other(x):
        return {"y": x}

    save(tmp_path / "1", lambda seed: {"point": seed})
    tf.saved_model.save(tf.Module(), str(tmp_path / "2"), {"serving_default": other})
    (tmp_path / "1" / "assets.extra").rename(tmp_path / "2" / "assets.extra")
    with pytest.raises(ValueError, match="no signature serving_default that takes a seed"):
        served_model.load(str(tmp_path / "2"), 2)
