"""Small sets for the tests of preparing."""

import numpy as np
import tensorflow as tf

from tfgan.data import ArraySource, held_out


def numbered(count=60, classes=3, shape=(4, 5, 1)):
    """Images that carry their number, with a held-out tenth; `classes` may be None."""
    data = np.zeros((count, *shape), np.uint8)
    data[:, 0, 0, 0], data[:, 0, 1, 0] = np.divmod(np.arange(count), 256)
    label = np.arange(count) % classes if classes else None
    names = [f"class {index}" for index in range(classes)] if classes else None
    return held_out.split(ArraySource("numbered", data, label, names))


def few_a_shard(monkeypatch, count=10):
    """Sets of some dozen images get shards of about `count`."""
    from tfgan.data.sources.prepared import index

    monkeypatch.setattr(index, "_SMALLEST", count)


def contents(folder):
    """name -> bytes of all files of a folder."""
    return {
        name: tf.io.gfile.GFile(f"{folder}/{name}", "rb").read()
        for name in tf.io.gfile.listdir(str(folder))
    }


def joined(batches):
    """All batches in one: dict of arrays."""
    batches = list(batches)
    return {key: np.concatenate([batch[key] for batch in batches]) for key in batches[0]}


def assert_equal(one, other):
    """Both dicts of arrays are equal."""
    assert one.keys() == other.keys()
    for key in one:
        np.testing.assert_array_equal(one[key], other[key])
        assert one[key].dtype == other[key].dtype
