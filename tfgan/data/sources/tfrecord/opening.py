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
_FIRST = 64  # records of the first file, in which the layout is recognized


def open_records(location, preprocess, *, memory=None, rules=reading_rules.TODAY):
    """The records of all files that match.

    Opening reads the headers of records, and all of them where there are labels or compression.

    Args:
      location: str, a glob that `tf.io.gfile` takes, and perhaps "#" with `layout.CHOICES`.
      preprocess: `preprocessing.ImagePreprocessing`.
      memory: int, bytes that decoding may take; None for the default of `image_files.Limits`.
    Returns: `TFRecordSource`; one in ten is held out, by the hash of file and index.
    Raises: ValueError for no or damaged files, an unknown or ambiguous layout, negative labels, or
      images of several sizes among the files' first records.
    """
    name = f"tfrecord:{location}"
    pattern, choices = source_options.split(name, location, layouts.CHOICES)
    files = _files(name, pattern)
    records = files[0].first(name, _FIRST)
    layout = layouts.recognize(name, records, choices)
    layout = layout.as_before() if rules == reading_rules.BEFORE else layout
    limit = image_files.Limits.of(memory).one
    shape = _one_shape(name, files, layout, preprocess, limit)
    layout, of_pixels = _with_white(name, records, layout, preprocess)
    labels, class_names, decisions = None, (), layout.decisions | of_pixels
    if layout.label:
        is_today = rules == reading_rules.TODAY
        labels = _labels(name, files, layout.label)
        labels, class_names = classes.of_numbers(
            f"The labels of {name}", labels, may_begin_at_1=is_today
        )
        decisions |= {"first_label": 1} if class_names[0] == "1" else {}
    first = int(class_names[0]) if class_names else 0
    # By the hashes of file name and index in the file.
    places = (f"{os.path.basename(each.path)}/{i}" for each in files for i in range(each.count))
    hashes = held_out.hashes_of_names(places)
    is_held_out, each_class = held_out.decide(name, hashes, labels, rules)

    def decode(record):
        return _example(record, layout, preprocess, limit, shape, first)

    source = TFRecordSource(
        name,
        DataSpec(shape, "images", len(class_names) or None, class_names),
        [file.path for file in files],
        [file.count for file in files],
        np.flatnonzero(is_held_out),
        decode,
        compressions=[file.compression for file in files],
    )
    source.decisions = decisions | each_class
    if source.decisions:
        phrases = ", ".join(f"{key} {value}" for key, value in source.decisions.items())
        _LOG.info("%s: images of %s are read with %s.", name, list(shape), phrases)
    return source


def _with_white(name, records, layout, preprocess):
    """(the layout with its white, the decisions about pixels), by the first records."""
    if layout.kind == "encoded":
        white, decisions = survey.of_contents(name, layouts.contents(records, layout), preprocess)
        return dataclasses.replace(layout, white=white), decisions
    stored, _ = layouts.example(tf.constant(records[0]), layout, lambda image: image)
    return layout, survey.of_alpha(stored.shape[-1], preprocess)


def _in_threads(function, values):
    with concurrent.futures.ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
        return list(pool.map(function, values))


def _files(name, pattern):
    paths = sorted(tf.io.gfile.glob(pattern))
    if not paths:
        raise ValueError(f"{name}: no file matches.")
    files = _in_threads(lambda path: record_files.scan(name, path), paths)
    files = [file for file in files if file.count]
    if not files:
        raise ValueError(f"{name} holds no records.")
    return files


def _example(record, layout, preprocess, limit, shape, first):
    """An example; the label `first` is class 0."""
    data, label = layouts.example(record, layout, preprocess, limit)
    same = tf.assert_equal(
        tf.shape(data), shape, "The images have several sizes; give --image_size and --channels."
    )
    with tf.control_dependencies([same]):
        data = tf.ensure_shape(tf.identity(data), shape)
    return {"data": data} | ({} if label is None else {"label": tf.cast(label - first, tf.int32)})


def _one_shape(name, files, layout, preprocess, limit):
    """The shape of a preprocessed image, checked on the first record of each file."""
    shapes = {}
    for file in files:
        [record] = file.first(name)
        try:
            image, _ = layouts.example(tf.constant(record), layout, preprocess, limit)
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
    form = {feature: tf.io.FixedLenFeature([], tf.int64)}

    def read(file):
        records = tf.data.TFRecordDataset(file.path, file.compression).batch(1024)
        labels = records.map(lambda batch: tf.io.parse_example(batch, form)[feature])
        return np.concatenate(list(labels.as_numpy_iterator()))

    try:
        return np.concatenate(_in_threads(read, files))
    except (tf.errors.InvalidArgumentError, tf.errors.DataLossError) as error:
        raise ValueError(f"{name}: a record is damaged or has no {feature}.") from error
