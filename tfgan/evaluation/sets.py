"""Sets of examples in files: folders of images, .npz of images or features, and saved statistics.

Statistics are an .npz with `mu` `[d]` and `sigma` `[d, d]`, as pytorch-fid writes them. Those that
`save_statistics` writes also tell `count` and `extractor`, so that unlike ones are not compared.
"""

import io
import itertools
import json

import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan.data import open_source
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.metrics import Moments


def kind(path):
    """What a path holds: "images", "features" or "statistics".

    Args:
      path: str, a folder or an .npz file; anything that `tf.io.gfile` takes.
    Raises: ValueError, if it is neither.
    """
    if tf.io.gfile.isdir(path):
        return "images"
    if not path.endswith(".npz") or not tf.io.gfile.exists(path):
        raise ValueError(
            f"{path} must be a folder of images or an .npz file of images, features or statistics; "
            f"there is no such {'file' if path.endswith('.npz') else 'folder'}."
        )
    keys = set(_arrays(path))
    if {"mu", "sigma"} <= keys:
        return "statistics"
    return "features" if "features" in keys else "images"


def open_images(path, **options):
    """The source of a folder or .npz file of images (or points).

    Args:
      path: str.
      **options: of `data.open_source`.
    """
    return open_source(f"images:{path}" if tf.io.gfile.isdir(path) else f"arrays:{path}", **options)


def read_images(path, source, extractor, count, *, batch_size):
    """All examples of a source, held-out ones too: FeatureSet."""
    parts = [source, source.held_out] if source.held_out else [source]
    batches = itertools.chain.from_iterable(part.examples(batch_size=batch_size) for part in parts)
    total = min(count, sum(part.count for part in parts))
    return collect(path, _first(batches, total), extractor, total, keep_data=True)


def read_features(path, count):
    """Features in an .npz: `features` float `[n, d]`, and `logits`, `label` and `extractor`."""
    arrays = _arrays(path)
    features = arrays["features"]
    if features.ndim != 2 or features.dtype.kind != "f":
        raise ValueError(
            f"{path}: features must be float [count, d]; received {features.dtype.name} "
            f"{list(features.shape)}."
        )
    rest = {name: arrays[name] for name in ("logits", "label") if name in arrays}
    for name, rows in rest.items():
        if len(rows) != len(features):
            raise ValueError(f"{path}: {len(features)} features, but {len(rows)} rows of {name}.")
    found = FeatureSet(path, len(features), features, **rest, identity=_identity(path, arrays))
    return found.first(count)


def read_statistics(path):
    """Mean and covariance in an .npz: FeatureSet without features."""
    arrays = _arrays(path)
    count = int(arrays["count"]) if "count" in arrays else None
    try:
        moments = Moments.from_statistics(arrays["mu"], arrays["sigma"], count)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    identity = _identity(path, arrays)
    return FeatureSet(path, count or 0, statistics=moments, identity=identity)


def save_statistics(path, found):
    """Writes the mean and covariance of a FeatureSet, which `read_statistics` and others read."""
    moments = found.moments
    arrays = {
        "mu": moments.mean,
        "sigma": moments.covariance,
        "count": found.count,
        "extractor": json.dumps(found.identity, sort_keys=True),
    }
    files.write_arrays(path, arrays)


def _first(batches, count):
    for batch in batches:
        yield {name: rows[:count] for name, rows in batch.items()}
        count -= len(batch["data"])
        if count <= 0:
            return


def _arrays(path):
    """All arrays of an .npz by name; never a pickle."""
    try:
        with tf.io.gfile.GFile(path, "rb") as file:
            content = io.BytesIO(file.read())
        with np.load(content, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (ValueError, EOFError, OSError, AttributeError, tf.errors.OpError) as error:
        raise ValueError(f"{path} is not an .npz file of plain arrays.") from error


def _identity(path, arrays):
    if "extractor" not in arrays:
        return None
    try:
        return json.loads(str(arrays["extractor"]))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: extractor must be JSON text.") from error
