"""Opens TFRecord files as a source."""

import concurrent.futures
import logging
import os

import numpy as np
import tensorflow as tf

from tfgan.data import choices, held_out, image_files
from tfgan.data.records import files as record_files
from tfgan.data.records import layout as layouts
from tfgan.data.spec import DataSpec
from tfgan.data.tfrecord import TFRecordSource

_LOG = logging.getLogger(__name__)

_FILES_AT_ONCE = 8
_LOOKED_AT = 64  # records of the first file
_MOST = 1_000_000  # classes; larger labels are identities of something else


def open_records(location, *, fit, memory=None):
    """The records of all files that match.

    Opening reads the records' headers to count them, and all of a compressed file; with labels it
    reads the records themselves once, to find the number of classes, which is the largest label
    plus one.

    Args:
      location: str, a glob that `tf.io.gfile` takes, and behind "#" what the records do not tell,
        of `layout.CHOICES`.
      fit: `decoding.Fit`; without a size all images must have the size of the first.
      memory: int, bytes that decoding may take; None as of `image_files.Limits`.
    Returns: `TFRecordSource`; one record in ten is held out, by the hash of file and place. Its
      `decided` has what was recognized and is not a matter of course.
    Raises: ValueError for no or damaged files, an unknown layout or several, negative labels, or
      images of several sizes among the files' first records.
    """
    name = f"tfrecord:{location}"
    pattern, chosen = choices.split(name, location, layouts.CHOICES)
    files = _files(name, pattern)
    layout = layouts.recognize(name, files[0].first(name, _LOOKED_AT), chosen)
    most = image_files.Limits.of(memory).one
    shape = _one_shape(name, files, layout, fit, most)
    classes = _classes(name, files, layout.label) if layout.label else None
    names = tuple(str(label) for label in range(classes or 0))

    def decode(record):
        return _example(record, layout, fit, most, shape)

    source = TFRecordSource(
        name,
        DataSpec(shape, "uint8", classes, names),
        [file.path for file in files],
        [file.count for file in files],
        _held_out(files),
        decode,
        compressions=[file.compression for file in files],
    )
    source.decided = layout.decided
    if source.decided:
        told = ", ".join(f"{what} {value}" for what, value in source.decided.items())
        _LOG.info("%s: images of %s are read with %s.", name, list(shape), told)
    return source


def _files(name, pattern):
    """The `RecordFile`s that match a pattern and hold records."""
    paths = sorted(tf.io.gfile.glob(pattern))
    if not paths:
        raise ValueError(f"{name}: no file matches.")
    with concurrent.futures.ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
        files = list(pool.map(lambda path: record_files.look_through(name, path), paths))
    files = [file for file in files if file.count]
    if not files:
        raise ValueError(f"{name} holds no records.")
    return files


def _held_out(files):
    """The numbers of the held-out records, by the hashes of file name and place in the file."""
    records = (
        f"{os.path.basename(file.path)}/{place}" for file in files for place in range(file.count)
    )
    return np.flatnonzero(held_out.chosen(held_out.hashes_of_names(records)))


def _example(record, layout, fit, most, shape):
    data, label = layouts.example(record, layout, fit, most)
    same = tf.assert_equal(
        tf.shape(data), shape, "The images have several sizes; give --image_size and --channels."
    )
    with tf.control_dependencies([same]):
        data = tf.ensure_shape(tf.identity(data), shape)
    return {"data": data} | ({} if label is None else {"label": tf.cast(label, tf.int32)})


def _one_shape(name, files, layout, fit, most):
    """The shape of a fitted image, checked on the first record of each file."""
    shapes = {}
    for file in files:
        [record] = file.first(name)
        try:
            image, _ = layouts.example(tf.constant(record), layout, fit, most)
        except (tf.errors.InvalidArgumentError, ValueError) as error:
            reason = f" ({error})" if isinstance(error, ValueError) else ""
            raise ValueError(
                f"{name}: the first record of {file.path} cannot be decoded{reason}."
            ) from error
        shapes.setdefault(tuple(image.shape), file.path)
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
    slices = [file.path for file in files], [file.compression for file in files]
    labels = (
        tf.data.Dataset.from_tensor_slices(slices)
        .interleave(tf.data.TFRecordDataset, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(1024)
        .map(lambda records: tf.io.parse_example(records, wanted)[feature])
    )
    try:
        bounds = [(batch.min(), batch.max()) for batch in labels.as_numpy_iterator()]
    except (tf.errors.InvalidArgumentError, tf.errors.DataLossError) as error:
        raise ValueError(f"{name}: a record is damaged or has no {feature}.") from error
    low, high = np.min(bounds), np.max(bounds)
    if low < 0 or high >= _MOST:
        raise ValueError(
            f"The labels of {name} must be in 0..{_MOST - 1:,}; one is {low if low < 0 else high}."
        )
    return int(high) + 1
