"""Finds the prepared set that `tfrecord:` names."""

import dataclasses
import fnmatch
import os

import tensorflow as tf

from tfgan import modalities
from tfgan.data.sources.prepared import index as index_file
from tfgan.data.sources.prepared import source


def find_set(location, fit):
    """The source of a prepared set, or None if `location` names other files.

    The form, the classes and the counts come from the index; no record is read.

    Args:
      location: str, the folder of a set, or a pattern that matches all its files. A pattern that
        matches some of them asks for these files and not for the set.
      fit: `preprocessing.ImagePreprocessing`, applied to the images as they are read.
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
    fit = _checked_fit(name, fit, index.spec)
    return source.open_part(name, folder, index, "train", fit)


def _checked_fit(name, fit, spec):
    """The `ImagePreprocessing` of a set; one that was made with its alpha keeps it."""
    if spec.modality == modalities.Images():
        keeps_alpha = fit.channels is None and spec.shape[-1] == 4
        return dataclasses.replace(fit, channels=4) if keeps_alpha else fit
    if not fit.is_identity:
        raise ValueError(
            f"image_size and channels are for images; {name} holds {spec.modality.kind}."
        )
    return fit


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
    record = index.frame.bytes
    for shard in index.shards:
        path = f"{folder}/{shard.file}"
        if not tf.io.gfile.exists(path):
            raise ValueError(f"{name}: {shard.file} is missing.")
        size = tf.io.gfile.stat(path).length
        if size != shard.count * record:
            raise ValueError(
                f"{name}: {shard.file} must have {shard.count * record:,} bytes; it has {size:,}."
            )
