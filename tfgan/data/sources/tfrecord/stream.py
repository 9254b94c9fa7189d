"""Records in TFRecord files, read as a stream; `opening.open_records` opens them."""

import copy
import os

import numpy as np
import tensorflow as tf

from tfgan.data import example_order, fingerprint
from tfgan.data.sources.source import Source

SHUFFLE_BUFFER = 10_000  # records, still encoded

_SHARDS_AT_ONCE = 8


class TFRecordSource(Source):
    """Records of many files, shuffled as they are streamed.

    The order of an epoch, a function of (seed, epoch): the files in a random order, eight at a
    time, a record from each in turn, through a shuffle buffer of 10,000 records. That is not a
    uniform permutation: write the records in random order. A run continues by skipping records,
    which are not decoded. Each of several workers reads all records and decodes its own slices.

    Args:
      files: list of str, not empty.
      counts: list of int, the records in each file.
      held_out_records: int64, sorted numbers through all files, kept from training.
      decode: function, str scalar tensor -> dict of `data`, and `label` if there are classes.
      open_held_out: function () -> `Source`, if the held-out records are in other files.
      digest: str, the fingerprint if it is known.
      compressions: list of str, "", "GZIP" or "ZLIB" of each file; None: none is compressed.
    """

    def __init__(
        self, name, spec, files, counts, held_out_records, decode,
        open_held_out=None, digest=None, compressions=None,
    ):  # fmt: skip
        count = sum(counts) - len(held_out_records)
        if len(held_out_records):
            open_held_out = self._open_rest
        super().__init__(name, spec, count, open_held_out)
        self._files, self._counts, self._held_out_records = files, counts, held_out_records
        self._reads_held_out, self._decode, self._digest = False, decode, digest
        self._compressions = compressions or [""] * len(files)

    def _open_rest(self):
        rest = copy.copy(self)
        rest.count, rest._open_held_out = len(self._held_out_records), None
        rest._reads_held_out = True
        return rest

    @property
    def fingerprint(self):
        """Hex SHA-256 of all files' names and sizes, a part of their content, and `decisions`."""
        if self._digest:
            return self._digest
        names = [os.path.basename(file) for file in self._files]
        sizes = [tf.io.gfile.stat(file).length for file in self._files]
        digest = fingerprint.of_files(names, self._files, sizes)
        digest = fingerprint.with_decisions(digest, self.decisions)
        return fingerprint.of_held_out(digest) if self._reads_held_out else digest

    def _examples(self, batch_size, start):
        return self._decoded(self._epoch(0, 0).skip(start)).batch(batch_size).as_numpy_iterator()

    def _batches(self, part, seed, start):
        epoch, place = divmod(start * part.batch_size, self.count)
        epochs = tf.data.Dataset.range(epoch, tf.int64.max)
        records = epochs.flat_map(lambda number: self._epoch(seed, number)).skip(place)
        if part.size < part.batch_size:
            whole = records.batch(part.batch_size, drop_remainder=True)
            records = whole.map(lambda batch: batch[part.offset :][: part.size]).unbatch()
        return self._decoded(records).batch(part.size, drop_remainder=True)

    def _decoded(self, records):
        return records.map(self._decode, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)

    def _epoch(self, seed, epoch):
        def shards(epoch):
            places = example_order.permutation(seed, epoch, len(self._files), "shards")
            return places, example_order.generator(seed, "shuffle", epoch).integers(2**31 - 1)

        places, shuffle_seed = tf.numpy_function(
            shards, [epoch], [tf.int64, tf.int64], stateful=False
        )
        places.set_shape([len(self._files)])
        firsts = np.cumsum(self._counts) - self._counts
        columns = (tf.constant(self._files), firsts, tf.constant(self._compressions))
        shuffled = tuple(tf.gather(column, places) for column in columns)
        files = tf.data.Dataset.from_tensor_slices(shuffled)
        records = files.interleave(
            self._records, _SHARDS_AT_ONCE, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        )
        # `shuffle` mixes in the seed of its graph; without this it would be the program's.
        tf.random.set_seed(1)
        return records.shuffle(
            min(self.count, SHUFFLE_BUFFER),
            seed=tf.reshape(shuffle_seed, []),
            reshuffle_each_iteration=False,
        )

    def _records(self, file, first, compression):
        records = tf.data.TFRecordDataset(file, compression)
        if not len(self._held_out_records):
            return records
        held_out_records = tf.constant(self._held_out_records)

        def is_mine(number, _):
            place = tf.searchsorted(held_out_records, [number])[0]
            place = tf.minimum(place, len(self._held_out_records) - 1)
            return (held_out_records[place] == number) == self._reads_held_out

        return records.enumerate(first).filter(is_mine).map(lambda _, record: record)
