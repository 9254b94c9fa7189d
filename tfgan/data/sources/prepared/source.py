"""A prepared set as a source: random access on a local disk, a stream elsewhere."""

import dataclasses
import fnmatch
import functools
import os

import numpy as np
import tensorflow as tf

from tfgan import modalities
from tfgan.data import order
from tfgan.data.decoding import preprocessing
from tfgan.data.sources.prepared import index as index_file
from tfgan.data.sources.prepared.records import ShardReader
from tfgan.data.sources.random_access import RandomAccessSource
from tfgan.data.sources.tfrecord.stream import TFRecordSource


def find_set(location, preprocess):
    """The source of a prepared set, or None if `location` names other files.

    The form, the classes and the counts come from the index; no record is read.

    Args:
      location: str, the folder of a set, or a pattern that matches all its files. A pattern that
        matches some of them means these files and not the set.
      preprocess: `preprocessing.ImagePreprocessing`, applied to the images as they are read.
    Returns: `Source` with its held-out part, or None.
    Raises: ValueError for an unfinished set, a file that is missing or has another size, and a
      folder without a set.
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
    if not _are_images(index.spec):
        preprocess.check_unused(name, index.spec.modality.kind)
    elif preprocess.channels is None and index.spec.shape[-1] == 4:  # it was made with its alpha
        preprocess = dataclasses.replace(preprocess, channels=4)
    return open_part(name, folder, index, "train", preprocess)


def open_part(name, folder, index, part, preprocess):
    """A part of a set: `PreparedSource` on a local disk, else a stream.

    Args: as of `PreparedSource`; the folder may be remote.
    """
    if "://" not in folder and hasattr(os, "pread"):
        return PreparedSource(name, folder, index, part, preprocess)
    spec = _preprocessed(index.spec, preprocess)

    def decode(record):
        features = {"data": tf.io.FixedLenFeature([], tf.string)}
        if spec.classes:
            features["label"] = tf.io.FixedLenFeature([], tf.int64)
        example = tf.io.parse_single_example(record, features)
        data = tf.io.decode_raw(example["data"], spec.dtype)
        data = tf.reshape(data, index.spec.raw_shape)
        data = preprocess(data) if _are_images(spec) else data
        batch = {"data": tf.ensure_shape(data, spec.raw_shape)}
        return batch | ({"label": tf.cast(example["label"], tf.int32)} if spec.classes else {})

    return TFRecordSource(
        name,
        spec,
        [f"{folder}/{shard.file}" for shard in index.parts[part]],
        [shard.count for shard in index.parts[part]],
        np.zeros(0, np.int64),
        decode,
        _open_held_out(name, folder, index, part, preprocess),
        index.fingerprint(part),
    )


class PreparedSource(RandomAccessSource):
    """The examples of a part in the order of the source that the set was made from.

    So its batches are those of that source, if that source has random access, for every seed;
    `examples` reads the files from beginning to end.

    Args:
      name: str, how messages call the source.
      folder: str, a local folder.
      index: `index.Index`.
      part: "train" or "held_out".
      preprocess: `preprocessing.ImagePreprocessing`, applied to images.
    """

    def __init__(self, name, folder, index, part, preprocess):
        super().__init__(
            name,
            _preprocessed(index.spec, preprocess),
            index.counts[part],
            _open_held_out(name, folder, index, part, preprocess),
        )
        self._reader = ShardReader(folder, index.parts[part], index.record_format)
        self._preprocess = preprocess
        self._digest = index.fingerprint(part)

    @property
    def fingerprint(self):
        """Hex SHA-256 of the hashes of the files in the index."""
        return self._digest

    @functools.cached_property
    def _position_of(self):
        """Where each example lies, int64 `[count]`: the files have the order of `examples`."""
        return np.argsort(order.of_examples(self.count))

    def _take(self, numbers):
        batch = self._reader.read(self._position_of[numbers])
        if not _are_images(self.spec):
            return batch
        return batch | {"data": preprocessing.preprocess_array(batch["data"], self._preprocess)}


def _open_held_out(name, folder, index, part, preprocess):
    """The function that opens the held-out part of the part "train"; None without one."""
    if part != "train" or "held_out" not in index.parts:
        return None
    return functools.partial(open_part, name, folder, index, "held_out", preprocess)


def _preprocessed(spec, preprocess):
    """The spec of preprocessed images; that of other data as it is."""
    if not _are_images(spec):
        return spec
    return dataclasses.replace(spec, shape=preprocess.shape(*spec.shape))


def _are_images(spec):
    return spec.modality == modalities.Images()


def _refuse_unfinished(folder, pattern, is_folder):
    unfinished = index_file.load(folder, index_file.UNFINISHED)
    if unfinished and fnmatch.filter([shard.file for shard in unfinished.shards], pattern):
        raise ValueError(
            f"tfrecord:{folder} is not finished: run the `tfgan prepare` that began it again."
        )
    if is_folder:
        raise ValueError(
            f"tfrecord:{folder}: there is no {index_file.NAME} of a prepared set in this folder; "
            f"for other files give a pattern, such as tfrecord:{folder}/*.tfrecord."
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
