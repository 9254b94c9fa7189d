"""A prepared dataset as a source: random access on a local disk, a stream elsewhere."""

import dataclasses
import fnmatch
import functools
import os

import numpy as np
import tensorflow as tf

from tfgan.data import example_order
from tfgan.data.decoding import preprocessing
from tfgan.data.sources.prepared import index as index_file
from tfgan.data.sources.prepared.records import ShardReader
from tfgan.data.sources.random_access import RandomAccessSource
from tfgan.data.sources.tfrecord.stream import TFRecordSource


def find_set(location, preprocess):
    """The source of a prepared dataset, or None if `location` names other files.

    Args:
      location: str, the folder of a dataset, or a pattern that matches all its files.
      preprocess: `preprocessing.ImagePreprocessing`, applied as images are read.
    Raises: ValueError for an unfinished set, wrong files, and a folder without a set.
    """
    is_folder = tf.io.gfile.isdir(location)
    folder = location.rstrip("/") if is_folder else os.path.dirname(location) or "."
    if not is_folder and any(sign in folder for sign in "*?["):
        return None
    index = index_file.load(folder, index_file.NAME)
    pattern = "*" if is_folder else os.path.basename(location)
    if index is None:
        _refuse_unfinished(folder, pattern, is_folder)
        return None
    names = [shard.file for shard in index.shards]
    if len(fnmatch.filter(names, pattern)) < len(names):
        return None
    name = f"tfrecord:{location}"
    _check_sizes(name, folder, index)
    if not _is_resized(index.spec):
        preprocess.check_unused(name, index.spec.modality.kind)
    return Part(name, folder, index, preprocess).open()


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of a dataset, and how it is read.

    Attributes:
      source: str, how messages call it.
      folder: str, local or remote.
      name: "train" or "held_out".
    """

    source: str
    folder: str
    index: index_file.Index
    preprocess: preprocessing.ImagePreprocessing
    name: str = "train"

    @property
    def spec(self):
        """The `DataSpec` of what is read."""
        stored = self.index.spec
        conditions = {name: self._changed(each) for name, each in stored.conditions.items()}
        return dataclasses.replace(self._changed(stored), conditions=conditions)

    def preprocesses(self):
        """The preprocessing of each entry of a batch that is images or masks: dict."""
        entries = _entries(self.index.spec).items()
        return {name: self._preprocess_of(each) for name, each in entries if _is_resized(each)}

    def _changed(self, spec):
        if not _is_resized(spec):
            return spec
        return dataclasses.replace(spec, shape=self._preprocess_of(spec).shape(*spec.shape))

    def _preprocess_of(self, spec):
        if spec.modality.kind == "masks":
            return preprocessing.MaskPreprocessing(self.preprocess)
        if self.preprocess.channels is None and spec.shape[-1] == 4:  # it was made with its alpha
            return dataclasses.replace(self.preprocess, channels=4)
        return self.preprocess

    @property
    def shards(self):
        """Its files."""
        return self.index.parts[self.name]

    def open(self):
        """A `PreparedSource` on a local disk, else a `TFRecordSource`."""
        is_local = "://" not in self.folder and hasattr(os, "pread")
        return PreparedSource(self) if is_local else _stream(self)

    @property
    def open_held_out(self):
        """The function that opens what is held out of the part; None without one."""
        if self.name != "train" or "held_out" not in self.index.parts:
            return None
        return dataclasses.replace(self, name="held_out").open


class PreparedSource(RandomAccessSource):
    """A local `Part`, in the order of the source that the dataset was made from.

    So its batches are those of that source, if that source has random access, for every seed;
    `examples` reads the files from beginning to end.
    """

    def __init__(self, part):
        super().__init__(part.source, part.spec, part.index.counts[part.name], part.open_held_out)
        self._reader = ShardReader(part.folder, part.shards, part.index.record_format)
        self._preprocesses = part.preprocesses()
        self._digest = part.index.fingerprint(part.name)

    @property
    def fingerprint(self):
        """Hex SHA-256 of the hashes of the files in the index."""
        return self._digest

    @functools.cached_property
    def _position_of(self):
        """The offset of each example, int64 `[count]`: the files have the order of `examples`."""
        return np.argsort(example_order.of_examples(self.count))

    def _take(self, numbers):
        batch = self._reader.read(self._position_of[numbers])
        for name, preprocess in self._preprocesses.items():
            batch[name] = preprocessing.preprocess_array(batch[name], preprocess)
        return batch


def _stream(part):
    spec, stored, preprocesses = part.spec, part.index.spec, part.preprocesses()

    def decode(record):
        features = {name: tf.io.FixedLenFeature([], tf.string) for name in _entries(spec)}
        if spec.classes:
            features["label"] = tf.io.FixedLenFeature([], tf.int64)
        example = tf.io.parse_single_example(record, features)
        batch = {}
        for name, each in _entries(stored).items():
            data = tf.reshape(tf.io.decode_raw(example[name], each.dtype), each.raw_shape)
            data = preprocesses[name](data) if name in preprocesses else data
            batch[name] = tf.ensure_shape(data, _entries(spec)[name].raw_shape)
        return batch | ({"label": tf.cast(example["label"], tf.int32)} if spec.classes else {})

    return TFRecordSource(
        part.source,
        spec,
        [f"{part.folder}/{shard.file}" for shard in part.shards],
        [shard.count for shard in part.shards],
        np.zeros(0, np.int64),
        decode,
        part.open_held_out,
        part.index.fingerprint(part.name),
    )


def _is_resized(spec):
    return spec.modality.kind in ("images", "masks")


def _entries(spec):
    """The specs of the data and the conditions by their names in a batch: dict."""
    return {"data": spec, **spec.conditions}


def _refuse_unfinished(folder, pattern, is_folder):
    unfinished = index_file.load(folder, index_file.UNFINISHED)
    if unfinished and fnmatch.filter([shard.file for shard in unfinished.shards], pattern):
        raise ValueError(
            f"tfrecord:{folder} is not finished: run the `tfgan prepare` that began it again."
        )
    if is_folder:
        raise ValueError(
            f"tfrecord:{folder}: there is no {index_file.NAME} of a prepared dataset in this "
            f"folder; for other files give a pattern, such as tfrecord:{folder}/*.tfrecord."
        )


def _check_sizes(name, folder, index):
    record_bytes = index.record_format.bytes
    for shard in index.shards:
        path = f"{folder}/{shard.file}"
        if not tf.io.gfile.exists(path):
            raise ValueError(f"{name}: {shard.file} is missing.")
        size = tf.io.gfile.stat(path).length
        if size != shard.count * record_bytes:
            raise ValueError(
                f"{name}: {shard.file} must have {shard.count * record_bytes:,} bytes; received "
                f"{size:,}."
            )
