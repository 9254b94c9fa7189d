"""Sets of examples in files: folders of images, .npz of images or features, and saved statistics.

Statistics are an .npz with `mu` `[d]` and `sigma` `[d, d]`, as pytorch-fid writes them. Those that
`save_statistics` writes also tell `count` and `extractor`, so that unlike ones are not compared.
"""

import itertools
import json

import tensorflow as tf

from tfgan.data import open_source
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.files import open_arrays, parse_json, write_arrays
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
    with open_arrays(path) as arrays:
        if "mu" in arrays and "sigma" in arrays:
            return "statistics"
        return "features" if "features" in arrays else "images"


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
    """Features in an .npz: `features` float `[n, d]`, and `logits`, `label` and `extractor`.

    Raises: ValueError for a file that cannot be read, and arrays of another form.
    """
    with open_arrays(path) as arrays:
        features = _numbers(path, arrays, "features", "f", 2)
        logits = _numbers(path, arrays, "logits", "f", 2) if "logits" in arrays else None
        label = _numbers(path, arrays, "label", "iu", 1) if "label" in arrays else None
        identity = _identity(path, arrays)
    for name, rows in {"logits": logits, "label": label}.items():
        if rows is not None and len(rows) != len(features):
            raise ValueError(f"{path}: {len(features)} features, but {len(rows)} rows of {name}.")
    found = FeatureSet(path, len(features), features, logits, label=label, identity=identity)
    return found.first(count)


def read_statistics(path):
    """Mean and covariance in an .npz: FeatureSet without features.

    Raises: ValueError for a file that cannot be read, and arrays of another form.
    """
    with open_arrays(path) as arrays:
        mean = _numbers(path, arrays, "mu", "fiu", 1)
        covariance = _numbers(path, arrays, "sigma", "fiu", 2)
        count = int(_numbers(path, arrays, "count", "iu", 0)) if "count" in arrays else None
        identity = _identity(path, arrays)
    try:
        moments = Moments.from_statistics(mean, covariance, count)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
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
    write_arrays(path, arrays)


def _first(batches, count):
    for batch in batches:
        yield {name: rows[:count] for name, rows in batch.items()}
        count -= len(batch["data"])
        if count <= 0:
            return


def _numbers(path, arrays, key, kinds, rank):
    """An array of one of some NumPy kinds of numbers ("f" float, "i" integer), and of a rank.

    Raises: ValueError for another one.
    """
    form = arrays.form(key)
    if form.dtype.kind not in kinds or len(form.shape) != rank:
        word = "integer" if kinds == "iu" else "float"
        shape = ([], ["count"], ["count", "d"])[rank]
        raise ValueError(f"{path}: {key} must be {word} [{', '.join(shape)}]; received {form}.")
    return arrays[key]


def _identity(path, arrays):
    """What made the features: dict, or None where it is not known."""
    if "extractor" not in arrays:
        return None
    form = arrays.form("extractor")
    if form.dtype.kind != "U" or form.shape:
        raise ValueError(f"{path}: extractor must be JSON text; received {form}.")
    try:
        text = str(arrays["extractor"])
    except ValueError as error:  # no characters
        raise ValueError(f"{path}: extractor must be JSON text.") from error
    return parse_json(text, dict, f"{path}: extractor must be JSON text")
