"""A prepared set as a source: read at any place on a local disk, as a stream elsewhere."""

import dataclasses
import functools
import os

import numpy as np
import tensorflow as tf

from tfgan import modalities
from tfgan.data import fingerprint, order
from tfgan.data.decoding import preprocessing
from tfgan.data.sources.prepared.shards import Shards
from tfgan.data.sources.random_access import RandomAccessSource
from tfgan.data.sources.tfrecord.stream import TFRecordSource


class PreparedSource(RandomAccessSource):
    """The examples of a part in the order of the source that the set was made from.

    So its batches are those of that source, if that one can be read at any place, for every seed;
    `examples` reads the files from their beginning to their end.

    Args:
      name: str, how messages call the source.
      folder: str, a local folder.
      index: `index.Index`.
      part: "train" or "held_out".
      fit: `preprocessing.ImagePreprocessing`, applied to what is read.
    """

    def __init__(self, name, folder, index, part, fit):
        shards = index.parts[part]
        count = sum(shard.count for shard in shards)
        has_rest = part == "train" and "held_out" in index.parts
        super().__init__(
            name,
            fitted(index.spec, fit),
            count,
            (lambda: PreparedSource(name, folder, index, "held_out", fit)) if has_rest else None,
        )
        self._shards = Shards(folder, shards, index.frame)
        self._fit = fit
        self._digest = digest(index, part)

    @property
    def fingerprint(self):
        """Hex SHA-256 of the files' SHA-256 in the index."""
        return self._digest

    @functools.cached_property
    def _place_of(self):
        """Where each example lies, int64 `[count]`: the files have the order of `examples`."""
        places = np.empty(self.count, np.int64)
        places[order.permutation(0, 0, self.count, "examples")] = np.arange(self.count)
        return places

    def _take(self, numbers):
        taken = self._shards.read(self._place_of[numbers])
        if not _are_images(self.spec):
            return taken
        return taken | {"data": preprocessing.fit_array(taken["data"], self._fit)}


def open_part(name, folder, index, part, fit):
    """A part of a set: `PreparedSource` where files can be read at any place, else a stream.

    Args: as of `PreparedSource`; the folder may be remote.
    """
    if can_read_anywhere(folder):
        return PreparedSource(name, folder, index, part, fit)
    has_rest = part == "train" and "held_out" in index.parts
    return TFRecordSource(
        name,
        fitted(index.spec, fit),
        [f"{folder}/{shard.file}" for shard in index.parts[part]],
        [shard.count for shard in index.parts[part]],
        np.zeros(0, np.int64),
        functools.partial(_example, spec=index.spec, fit=fit),
        (lambda: open_part(name, folder, index, "held_out", fit)) if has_rest else None,
        digest(index, part),
    )


def can_read_anywhere(folder):
    """Whether a read in the middle of a file of this folder costs little."""
    return "://" not in folder and hasattr(os, "pread")


def fitted(spec, fit):
    """The spec of fitted images; that of other data as it is."""
    if not _are_images(spec):
        return spec
    return dataclasses.replace(spec, shape=fit.shape(*spec.shape))


def _are_images(spec):
    return spec.modality == modalities.Images()


def digest(index, part):
    """The fingerprint of a part; that of the held-out part tells what it is held out of."""
    if part == "train":
        return index.fingerprint(part)
    facts = {"held out of": index.fingerprint("train"), "held out": index.fingerprint(part)}
    return fingerprint.of_facts(facts)


def _example(record, spec, fit):
    wanted = {"data": tf.io.FixedLenFeature([], tf.string)}
    if spec.classes:
        wanted["label"] = tf.io.FixedLenFeature([], tf.int64)
    example = tf.io.parse_single_example(record, wanted)
    data = tf.reshape(tf.io.decode_raw(example["data"], spec.dtype), spec.raw_shape)
    data = fit(data) if _are_images(spec) else data
    data = {"data": tf.ensure_shape(data, fitted(spec, fit).raw_shape)}
    return data | ({"label": tf.cast(example["label"], tf.int32)} if spec.classes else {})
