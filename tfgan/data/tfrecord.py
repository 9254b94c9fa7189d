"""`tfrecord:PATTERN`: images in TFRecord files, read as a stream.

Each record is a `tf.train.Example`. The image is `image/encoded`, `image` or `data`: the bytes of
a JPEG, PNG, GIF or BMP, or raw uint8 pixels if there is an int64 feature `shape`
`[height, width, channels]`. The label is the int64 `image/class/label` or `label`.
"""

import concurrent.futures
import copy
import os
import struct

import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError

from tfgan.data import decoding, fingerprint, held_out, order
from tfgan.data.source import Source
from tfgan.data.spec import DataSpec

IMAGE_NAMES = ("image/encoded", "image", "data")
LABEL_NAMES = ("image/class/label", "label")
SHUFFLE_BUFFER = 10_000  # records, still encoded

_SHARDS_AT_ONCE = 8


class TFRecordSource(Source):
    """Records of many files, shuffled as they stream by.

    The order of an epoch: the files in a random order, eight at a time, a record from each in turn,
    through a shuffle buffer of 10,000 records. It is a pure function of (seed, epoch), but not the
    uniform permutation of an `ArraySource`: write the records in random order. A run is continued
    by skipping: whole epochs cost nothing, the rest of an epoch is read and not decoded. Each of
    several workers reads all records and decodes its slices alone.

    Args:
      name: str, how messages call the source.
      spec: `DataSpec` of the decoded examples.
      files: list of str, not empty.
      counts: list of int, the records in each file.
      held_out_records: int64, sorted numbers of the records that are kept from training; numbers
        run through all files.
      decode: function, str scalar tensor (a record) -> dict of `data`, and `label` if the spec has
        classes.
      open_held_out: function () -> `Source`, where the held-out records lie in other files.
      digest: str, the fingerprint where one is known already.
    """

    def __init__(
        self, name, spec, files, counts, held_out_records, decode, open_held_out=None, digest=None
    ):
        count = sum(counts) - len(held_out_records)
        if len(held_out_records):
            open_held_out = self._open_rest
        super().__init__(name, spec, count, open_held_out)
        self._files = files
        self._counts = counts
        self._held_out_records = held_out_records
        self._reads_held_out = False
        self._decode = decode
        self._digest = digest

    def _open_rest(self):
        rest = copy.copy(self)
        rest.count, rest._open_held_out = len(self._held_out_records), None
        rest._reads_held_out = True
        return rest

    @property
    def fingerprint(self):
        """Hex SHA-256 of all files' names and sizes and a part of their content, or as given."""
        if self._digest:
            return self._digest
        names = [os.path.basename(file) for file in self._files]
        sizes = [tf.io.gfile.stat(file).length for file in self._files]
        digest = fingerprint.of_files(names, self._files, sizes)
        if self._reads_held_out:
            digest = fingerprint.of_facts({"held out of": digest})
        return digest

    def _examples(self, batch_size, start):
        records = self._epoch(0, 0).skip(start)
        examples = records.map(
            self._decode, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        )
        return examples.batch(batch_size).as_numpy_iterator()

    def _batches(self, part, seed, start):
        epoch, place = divmod(start * part.batch_size, self.count)
        records = tf.data.Dataset.range(epoch, tf.int64.max).flat_map(
            lambda number: self._epoch(seed, number)
        )
        records = records.skip(place)
        if part.size < part.batch_size:
            whole = records.batch(part.batch_size, drop_remainder=True)
            records = whole.map(lambda batch: batch[part.offset :][: part.size]).unbatch()
        return records.map(
            self._decode, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        ).batch(part.size, drop_remainder=True)

    def _epoch(self, seed, epoch):
        def shards(epoch):
            places = order.permutation(seed, epoch, len(self._files), "shards")
            return places, order.generator(seed, "shuffle", epoch).integers(2**31 - 1)

        places, shuffle_seed = tf.numpy_function(
            shards, [epoch], [tf.int64, tf.int64], stateful=False
        )
        places.set_shape([len(self._files)])
        firsts = np.cumsum(self._counts) - self._counts
        files = tf.data.Dataset.from_tensor_slices(
            (tf.gather(tf.constant(self._files), places), tf.gather(firsts, places))
        )
        records = files.interleave(
            self._records,
            cycle_length=_SHARDS_AT_ONCE,
            num_parallel_calls=tf.data.AUTOTUNE,
            deterministic=True,
        )
        # `shuffle` mixes in the seed of its graph, this function; it would inherit the program's.
        tf.random.set_seed(1)
        return records.shuffle(
            min(self.count, SHUFFLE_BUFFER),
            seed=tf.reshape(shuffle_seed, []),
            reshuffle_each_iteration=False,
        )

    def _records(self, file, first):
        """The records of a file that are this source's; the first has the number `first`."""
        records = tf.data.TFRecordDataset(file)
        if not len(self._held_out_records):
            return records
        held_out_records = tf.constant(self._held_out_records)

        def is_mine(number, _):
            place = tf.searchsorted(held_out_records, [number])[0]
            place = tf.minimum(place, len(self._held_out_records) - 1)
            return (held_out_records[place] == number) == self._reads_held_out

        return records.enumerate(first).filter(is_mine).map(lambda _, record: record)


def open_records(pattern, *, fit):
    """The records of all files that match.

    Opening reads the records' headers to count them; with labels it reads the records themselves
    once, to find the number of classes, which is the largest label plus one.

    Args:
      pattern: str, a glob that `tf.io.gfile` takes.
      fit: `decoding.Fit`; without a size all images must have the size of the first.
    Returns: `TFRecordSource`; one record in ten is held out, by the hash of file and place.
    Raises: ValueError for no or damaged files, an unknown layout, negative labels, or images of
      several sizes among the files' first records.
    """
    name = f"tfrecord:{pattern}"
    files = sorted(tf.io.gfile.glob(pattern))
    if not files:
        raise ValueError(f"{name}: no file matches.")
    with concurrent.futures.ThreadPoolExecutor(_SHARDS_AT_ONCE) as pool:
        counts = list(pool.map(lambda file: _count(name, file), files))
    if sum(counts) == 0:
        raise ValueError(f"{name} holds no records.")
    filled = [file for file, count in zip(files, counts, strict=True) if count]
    layout = _layout(name, _first(name, filled[0]))
    shape = _one_shape(name, filled, layout, fit)
    classes = _classes(name, filled, layout[1]) if layout[1] else None
    names = tuple(str(label) for label in range(classes or 0))
    spec = DataSpec(shape, "uint8", classes, names)

    def decode(record):
        return _example(record, layout, fit, shape)

    counts = [count for count in counts if count]
    return TFRecordSource(name, spec, filled, counts, _held_out(filled, counts), decode)


def _held_out(files, counts):
    """The numbers of the held-out records, by the hashes of file name and place in the file."""
    names = [os.path.basename(file) for file in files]
    records = (
        f"{name}/{place}"
        for name, count in zip(names, counts, strict=True)
        for place in range(count)
    )
    return np.flatnonzero(held_out.chosen(held_out.hashes_of_names(records)))


def _count(name, path):
    """Records in a file: each is its length (8 bytes), a checksum (4), the content, another (4)."""
    size, offset, count = tf.io.gfile.stat(path).length, 0, 0
    with tf.io.gfile.GFile(path, "rb") as file:
        while offset < size:
            file.seek(offset)
            header = file.read(12)
            if len(header) == 12:
                offset += 16 + struct.unpack("<Q", header[:8])[0]
            if len(header) < 12 or offset > size:
                raise ValueError(
                    f"{name}: {path} is cut short, compressed or no TFRecord file (record {count})."
                )
            count += 1
    return count


def _first(name, path):
    try:
        return next(iter(tf.data.TFRecordDataset(path).take(1)))
    except tf.errors.DataLossError as error:
        raise ValueError(f"{name}: the first record of {path} is damaged.") from error


def _layout(name, record):
    """(image feature, label feature or None, whether pixels are raw), found in a record."""
    try:
        features = tf.train.Example.FromString(record.numpy()).features.feature
    except DecodeError as error:
        raise ValueError(f"{name}: the records are not tf.train.Example messages.") from error
    kinds = {key: features[key].WhichOneof("kind") for key in sorted(features)}
    images = [key for key in IMAGE_NAMES if kinds.get(key) == "bytes_list"]
    if not images:
        found = ", ".join(f"{key} ({kind})" for key, kind in kinds.items()) or "none"
        raise ValueError(
            f"{name}: the image must be a bytes feature called {' or '.join(IMAGE_NAMES)}; "
            f"found {found}."
        )
    labels = [key for key in LABEL_NAMES if kinds.get(key) == "int64_list"]
    return images[0], labels[0] if labels else None, kinds.get("shape") == "int64_list"


def _pixels(record, layout):
    """The image of a record as stored, and its label or None."""
    image, label, is_raw = layout
    wanted = {image: tf.io.FixedLenFeature([], tf.string)}
    if label:
        wanted[label] = tf.io.FixedLenFeature([], tf.int64)
    if is_raw:
        wanted["shape"] = tf.io.FixedLenFeature([3], tf.int64)
    example = tf.io.parse_single_example(record, wanted)
    if is_raw:
        pixels = tf.reshape(tf.io.decode_raw(example[image], tf.uint8), example["shape"])
    else:
        pixels = decoding.decode(example[image])
    return pixels, example[label] if label else None


def _example(record, layout, fit, shape):
    pixels, label = _pixels(record, layout)
    data = fit(pixels)
    same = tf.assert_equal(
        tf.shape(data), shape, "The images have several sizes; give --image_size and --channels."
    )
    with tf.control_dependencies([same]):
        data = tf.ensure_shape(tf.identity(data), shape)
    return {"data": data} | ({} if label is None else {"label": tf.cast(label, tf.int32)})


def _one_shape(name, files, layout, fit):
    """The shape of a fitted image, checked on the first record of each file."""
    shapes = {}
    for file in files:
        try:
            pixels, _ = _pixels(_first(name, file), layout)
        except tf.errors.InvalidArgumentError as error:
            raise ValueError(f"{name}: the first record of {file} cannot be decoded.") from error
        shapes.setdefault(tuple(fit(pixels).shape), file)
    if len(shapes) > 1:
        (first, one), (second, other) = list(shapes.items())[:2]
        raise ValueError(
            f"{name} holds images of several sizes, such as {list(first)} ({one}) and "
            f"{list(second)} ({other}); give --image_size and --channels."
        )
    return next(iter(shapes))


def _classes(name, files, feature):
    """The largest label plus one."""
    wanted = {feature: tf.io.FixedLenFeature([], tf.int64)}
    labels = (
        tf.data.TFRecordDataset(files, num_parallel_reads=tf.data.AUTOTUNE)
        .batch(1024)
        .map(lambda records: tf.io.parse_example(records, wanted)[feature])
    )
    try:
        bounds = [(batch.min(), batch.max()) for batch in labels.as_numpy_iterator()]
    except (tf.errors.InvalidArgumentError, tf.errors.DataLossError) as error:
        raise ValueError(f"{name}: a record is damaged or has no {feature}.") from error
    low, high = np.min(bounds), np.max(bounds)
    if low < 0:
        raise ValueError(f"The labels of {name} must be 0 or more; one is {low}.")
    return int(high) + 1
