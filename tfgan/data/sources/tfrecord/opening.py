"""Opens TFRecord files as a source."""

import concurrent.futures
import dataclasses
import logging
import os

import numpy as np
import tensorflow as tf

from tfgan.data import held_out, reading_rules, source_options
from tfgan.data.decoding import image_files, survey
from tfgan.data.labels import classes
from tfgan.data.sources.tfrecord import files as record_files
from tfgan.data.sources.tfrecord import layout as layouts
from tfgan.data.sources.tfrecord.stream import TFRecordSource
from tfgan.data.spec import DataSpec

_LOG = logging.getLogger(__name__)

_FILES_AT_ONCE = 8
_LOOKED_AT = 64  # records of the first file


def open_records(location, *, fit, memory=None, rules=reading_rules.TODAY):
    """The records of all files that match.

    Opening reads the records' headers to count them, and all of a compressed file; with labels it
    reads the records themselves once, to find the classes.

    Args:
      location: str, a glob that `tf.io.gfile` takes, and behind "#" what the records do not tell,
        of `layout.CHOICES`.
      fit: `preprocessing.ImagePreprocessing`; without a size all images must have the size of the first.
      memory: int, bytes that decoding may take; None as of `image_files.Limits`.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    Returns: `TFRecordSource`; one record in ten is held out, by the hash of file and place, and of
      each class where their sizes differ. Its `decided` has what is not a matter of course.
    Raises: ValueError for no or damaged files, an unknown layout or several, negative labels, or
      images of several sizes among the files' first records.
    """
    name = f"tfrecord:{location}"
    pattern, chosen = source_options.split(name, location, layouts.CHOICES)
    files = _files(name, pattern)
    records = files[0].first(name, _LOOKED_AT)
    layout = layouts.recognize(name, records, chosen)
    layout = layout.as_before() if rules == reading_rules.BEFORE else layout
    most = image_files.Limits.of(memory).one
    shape = _one_shape(name, files, layout, fit, most)
    layout, about_pixels = _pixels(name, records, layout, fit)
    labels, class_names, decisions = None, (), layout.decisions | about_pixels
    if layout.label:
        stored = _labels(name, files, layout.label)
        may_begin_at_1 = rules == reading_rules.TODAY
        labels, class_names = classes.of_numbers(
            f"The labels of {name}", stored, may_begin_at_1=may_begin_at_1
        )
        decisions |= {"first_label": 1} if class_names[0] == "1" else {}
    first = int(class_names[0]) if class_names else 0
    is_held_out, each = _held_out(name, files, labels, rules)

    def decode(record):
        return _example(record, layout, fit, most, shape, first)

    source = TFRecordSource(
        name,
        DataSpec(shape, "images", len(class_names) or None, class_names),
        [file.path for file in files],
        [file.count for file in files],
        np.flatnonzero(is_held_out),
        decode,
        compressions=[file.compression for file in files],
    )
    source.decisions = decisions | each
    if source.decisions:
        told = ", ".join(f"{what} {value}" for what, value in source.decisions.items())
        _LOG.info("%s: images of %s are read with %s.", name, list(shape), told)
    return source


def _pixels(name, records, layout, fit):
    """The layout, knowing what is white, and what is decided about pixels by the first records."""
    if layout.kind == "encoded":
        white, decisions = survey.of_contents(name, layouts.contents(records, layout), fit)
        return dataclasses.replace(layout, white=white), decisions
    stored, _ = layouts.example(tf.constant(records[0]), layout, lambda image: image)
    return layout, survey.of_alpha(stored.shape[-1], fit)


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


def _held_out(name, files, labels, rules):
    """As `held_out.decide`, by the hashes of file name and place in the file."""
    records = (
        f"{os.path.basename(file.path)}/{place}" for file in files for place in range(file.count)
    )
    return held_out.decide(name, held_out.hashes_of_names(records), labels, rules)


def _example(record, layout, fit, most, shape, first):
    """An example; the label `first` is class 0."""
    data, label = layouts.example(record, layout, fit, most)
    same = tf.assert_equal(
        tf.shape(data), shape, "The images have several sizes; give --image_size and --channels."
    )
    with tf.control_dependencies([same]):
        data = tf.ensure_shape(tf.identity(data), shape)
    return {"data": data} | ({} if label is None else {"label": tf.cast(label - first, tf.int32)})


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


def _labels(name, files, feature):
    """The label of each record, in the order of the files: int64 `[count]`."""
    wanted = {feature: tf.io.FixedLenFeature([], tf.int64)}

    def read(file):
        records = tf.data.TFRecordDataset(file.path, file.compression).batch(1024)
        labels = records.map(lambda batch: tf.io.parse_example(batch, wanted)[feature])
        return list(labels.as_numpy_iterator())

    try:
        with concurrent.futures.ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
            return np.concatenate([batch for batches in pool.map(read, files) for batch in batches])
    except (tf.errors.InvalidArgumentError, tf.errors.DataLossError) as error:
        raise ValueError(f"{name}: a record is damaged or has no {feature}.") from error
