"""`tfds:NAME[@SPLIT]`: an image dataset of TensorFlow Datasets, which downloads missing ones.

NAME is TFDS's own, such as mnist, lsun/classroom or celeb_a:2.1.0; SPLIT is its split, train by
default; test, train+test and train[:10%] work as well. The held-out examples of the split train are
the set's own test or validation split, if it has one. A set with the splits trainA and trainB, such
as cycle_gan/maps, is two unpaired domains; held out are testA and testB. TFDS decodes its images
itself and ignores EXIF.
"""

import dataclasses
import difflib
import logging

import numpy as np
import tensorflow as tf

from tfgan import extras
from tfgan.data import fingerprint, held_out, reading_rules
from tfgan.data.decoding import cache as caching
from tfgan.data.decoding import survey
from tfgan.data.facts import Facts
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Unpaired

_LOG = logging.getLogger(__name__)

EXTRACTORS = {"mnist": "digits"}  # by the name of the dataset that they were trained on
_DOMAINS = {"trainA", "trainB"}  # the splits of two domains


def open_dataset(
    location, preprocess, *, data_dir=None, cache_dir=None, memory=None, rules=reading_rules.TODAY
):
    """All images of a split, decoded at once.

    The image is the feature `image`, or the only image; `label` is used if it is a class. The
    fingerprint covers the set's full name (with its version), the split, the count and the labels.

    Args:
      location: str, "NAME" or "NAME@SPLIT".
      data_dir: str, TFDS's directory; None for TFDS's default.
      preprocess, cache_dir, memory, rules: see `image_folder.open_folder`.
    Returns: `ArraySource`; held out is a split, or else one in ten, by the hash of its number. Of a
      set with the splits trainA and trainB, and without "@SPLIT", see `open_unpaired`.
    Raises: ValueError if TFDS lacks the dataset or split, or it has no images of one size.
    """
    dataset, _, split = location.partition("@")
    builder = prepared_builder(f"tfds:{location}", dataset, data_dir)
    if not split and {*builder.info.splits} >= _DOMAINS:
        places = {"cache_dir": cache_dir, "memory": memory}
        return open_unpaired(location, preprocess, data_dir=data_dir, **places)

    def read(location, split, decisions=None, **more):
        images, classes, digest = read_split(
            builder, location, split, preprocess, cache_dir, memory
        )
        digest = fingerprint.with_decisions(digest, decisions)
        return ArraySource(f"tfds:{location}", images.data, images.label, classes, digest, **more)

    decisions = _decisions(f"tfds:{location}", builder, preprocess)
    candidates = ("test", "validation") if split in ("", "train") else ()
    test = next((name for name in candidates if name in builder.info.splits), None)
    source = read(
        location,
        split or "train",
        decisions,
        open_held_out=test and (lambda: read(f"{dataset}@{test}", test)),
        facts=Facts(extractor=EXTRACTORS.get(dataset, "")),
    )
    if test is None:
        numbers = held_out.hashes_of_names(map(str, range(source.count)))
        source = held_out.split(source, numbers, rules)
    source.decisions = decisions | source.decisions
    return source


def open_unpaired(location, preprocess, *, data_dir=None, cache_dir=None, memory=None):
    """The domains of a dataset with splits trainA and trainB; A is the `source`, B the `data`.

    Args: see `open_dataset`.
    Returns: `Unpaired`; held out are the splits testA and testB, or else one image in ten of each.
    Raises: ValueError for a dataset without these splits, and as `open_dataset`.
    """
    name = f"tfds:{location}"
    builder = prepared_builder(name, location, data_dir)
    splits = {*builder.info.splits}
    if not splits >= _DOMAINS:
        raise ValueError(
            f"{name} must have the splits trainA and trainB; received {', '.join(sorted(splits))}."
        )
    decisions = _decisions(name, builder, preprocess)

    def read(split, **more):
        place = f"{location}@{split}"
        images, _, digest = read_split(builder, place, split, preprocess, cache_dir, memory)
        digest = fingerprint.with_decisions(digest, decisions)
        return ArraySource(f"tfds:{place}", images.data, None, digest=digest, **more)

    def domain(letter):
        if not splits >= {"testA", "testB"}:
            whole = read(f"train{letter}")
            return held_out.split(whole, held_out.hashes_of_names(map(str, range(whole.count))))
        return read(f"train{letter}", open_held_out=lambda: read(f"test{letter}"))

    source = Unpaired(name, domain("B"), domain("A"))
    source.decisions = decisions
    return source


def _decisions(name, builder, preprocess):
    features = builder.info.features
    decisions = survey.of_alpha(features[_features(name, features)[0]].shape[-1], preprocess)
    for key, value in decisions.items():
        _LOG.info("%s is read with %s %s.", name, key, value)
    return decisions


def read_split(builder, location, split, preprocess, cache_dir, memory):
    """(`cache.Images` of a split, class names or None, fingerprint of files and labels)."""
    name, full_name = f"tfds:{location}", builder.info.full_name
    image, classes = _features(name, builder.info.features)
    examples = _examples(name, builder, split, image, classes, preprocess)
    key = [full_name, split, dataclasses.astuple(preprocess)]
    cache = caching.Cache(cache_dir, {"tfds": key, "directory": str(builder.data_dir)})
    images = cache.find()
    if images is None:
        count, limit = int(examples.cardinality()), caching.memory_limit(memory)
        images = caching.collect(name, _numbered(examples, classes), count, cache, limit)
    labels = None if images.label is None else images.label.tolist()
    digest = fingerprint.of_json({"set": full_name, "split": split, "labels": labels})
    return images, classes, digest


def dataset_of(name, builder, split, decoders=None):
    """The `tf.data.Dataset` of a split, in the order of the files; ValueError for no such split."""
    try:
        return builder.as_dataset(split=split, shuffle_files=False, decoders=decoders)
    except (KeyError, ValueError) as error:
        splits = ", ".join(sorted(builder.info.splits))
        raise ValueError(f"{name} has no split {split!r}; its splits are {splits}.") from error


def prepared_builder(name, dataset, data_dir):
    """The builder of an existing dataset, after a download if need be; else ValueError."""
    with extras.require("tfds", name):
        import tensorflow_datasets as tfds
    try:
        with extras.require("tfds", name):  # some datasets import more packages
            builder = tfds.builder(dataset, data_dir=data_dir)
    except tfds.core.DatasetNotFoundError as error:
        near = difflib.get_close_matches(dataset, tfds.list_builders(), n=3)
        hint = f"; the nearest are {', '.join(near)}." if near else "."
        raise ValueError(f"{name}: TFDS has no dataset {dataset!r}{hint}") from error
    try:
        builder.download_and_prepare()
    except (AssertionError, OSError) as error:  # files to download by hand, and no network
        raise ValueError(f"{name} cannot be prepared by TFDS: {error}") from error
    return builder


def _features(name, features):
    """(name of the image feature, class names or None)."""
    import tensorflow_datasets as tfds

    images = [key for key, value in features.items() if isinstance(value, tfds.features.Image)]
    if "image" in images:
        images = ["image"]
    if len(images) != 1:
        raise ValueError(
            f"{name} must have a feature image, or one image feature; received "
            f"{', '.join(features)}."
        )
    if features[images[0]].np_dtype != np.uint8:
        raise ValueError(
            f"The images of {name} must be uint8; received {features[images[0]].np_dtype}."
        )
    label = dict(features.items()).get("label")
    return images[0], label.names if isinstance(label, tfds.features.ClassLabel) else None


def _examples(name, builder, split, image, classes, preprocess):
    """A dataset of (preprocessed image, label), in the order of the files."""
    examples = dataset_of(name, builder, split)

    def pair(example):
        return preprocess(example[image]), example["label"] if classes else tf.constant(-1)

    return examples.map(pair, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True).prefetch(16)


def _numbered(examples, classes):
    for index, (image, label) in enumerate(examples.as_numpy_iterator()):
        yield f"example {index}", image, label if classes else None
