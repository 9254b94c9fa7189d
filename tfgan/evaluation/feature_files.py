"""Features and statistics in .npz files.

Statistics are `mu` `[d]` and `sigma` `[d, d]`, as pytorch-fid writes them. Those of
`save_statistics` also hold `count` and `extractor`, so that different ones are not compared.
"""

import json

from tfgan.evaluation.feature_set import FeatureSet
from tfgan.files import open_arrays, parse_json, write_arrays
from tfgan.metrics import Moments


def read_features(path, count):
    """The first features of a file: FeatureSet.

    Args:
      path: str, of an .npz with `features` float `[n, d]`, and `logits`, `label` and `extractor`.
      count: int, the maximum number of features.
    Raises: ValueError for a file that cannot be read, and arrays of another form.
    """
    with open_arrays(path) as arrays:
        features = _array(path, arrays, "features", "f", 2)
        logits = _array(path, arrays, "logits", "f", 2) if "logits" in arrays else None
        label = _array(path, arrays, "label", "iu", 1) if "label" in arrays else None
        identity = _identity(path, arrays)
    for name, rows in {"logits": logits, "label": label}.items():
        if rows is not None and len(rows) != len(features):
            raise ValueError(f"{path}: {len(features)} features, but {len(rows)} rows of {name}.")
    whole = FeatureSet(path, len(features), features, logits, label=label, identity=identity)
    return whole.first(count)


def read_statistics(path):
    """The mean and covariance in an .npz file: FeatureSet without features.

    Raises: ValueError for a file that cannot be read, and arrays of another form.
    """
    with open_arrays(path) as arrays:
        mean = _array(path, arrays, "mu", "fiu", 1)
        covariance = _array(path, arrays, "sigma", "fiu", 2)
        count = int(_array(path, arrays, "count", "iu", 0)) if "count" in arrays else None
        identity = _identity(path, arrays)
    try:
        moments = Moments.from_statistics(mean, covariance, count)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return FeatureSet(path, count or 0, statistics=moments, identity=identity)


def save_statistics(path, features):
    """Writes mean and covariance of a FeatureSet. Raises: ValueError for one without features."""
    if features.features is None and features.statistics is None:
        raise ValueError(f"Statistics need features; {features.name} has none.")
    arrays = {"mu": features.moments.mean, "sigma": features.moments.covariance}
    identity = json.dumps(features.identity, sort_keys=True)
    write_arrays(path, arrays | {"count": features.count, "extractor": identity})


def _array(path, arrays, key, kinds, rank):
    """An array of a rank and some NumPy kinds of numbers ("f" float, "i" integer)."""
    form = arrays.header(key)
    if form.dtype.kind not in kinds or len(form.shape) != rank:
        word = "integer" if kinds == "iu" else "float"
        shape = ([], ["count"], ["count", "d"])[rank]
        raise ValueError(f"{path}: {key} must be {word} [{', '.join(shape)}]; received {form}.")
    return arrays[key]


def _identity(path, arrays):
    """The `Extractor.identity` of the features: dict, or None if it is unknown."""
    if "extractor" not in arrays:
        return None
    form = arrays.header("extractor")
    if form.dtype.kind != "U" or form.shape:
        raise ValueError(f"{path}: extractor must be JSON text; received {form}.")
    try:
        text = str(arrays["extractor"])
    except ValueError as error:  # invalid characters
        raise ValueError(f"{path}: extractor must be JSON text.") from error
    return parse_json(text, dict, f"{path}: extractor must be JSON text")
