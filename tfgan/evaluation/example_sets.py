"""Sets of examples by name: data sources, folders of images, and .npz of features or statistics.

Statistics are an .npz with `mu` `[d]` and `sigma` `[d, d]`, as pytorch-fid writes them. Those that
`save_statistics` writes also tell `count` and `extractor`, so that unlike ones are not compared.
"""

import dataclasses
import itertools
import json
import logging

import tensorflow as tf

from tfgan.data import SOURCES, Source, check_name, open_source
from tfgan.evaluation.feature_set import FeatureSet, collect
from tfgan.files import open_arrays, parse_json, write_arrays
from tfgan.metrics import Moments

_LOG = logging.getLogger(__name__)

_OF_IMAGE_FILES = ("skip_broken", "labels")  # options that other sources refuse


@dataclasses.dataclass(frozen=True)
class Examples:
    """A set of examples that was found and not read yet.

    Attributes:
      name: str, how the user called it.
      source: `data.Source`; its held-out examples are part of the set.
    """

    name: str
    source: Source

    @property
    def spec(self):
        """The `DataSpec` of the examples."""
        return self.source.spec

    @property
    def count(self):
        """How many examples there are: int."""
        held_out = self.source.held_out
        return self.source.count + (held_out.count if held_out else 0)

    def read(self, extractor, most, *, batch_size=500, keep_data=True):
        """The first examples of one fixed random order: FeatureSet.

        Args:
          extractor: `extractors.Extractor`, or None for no features.
          most: int, how many examples are read; that there are more is logged.
          batch_size: int, examples handled together.
          keep_data: bool, whether to keep the examples themselves.
        """
        if most < self.count:
            _LOG.info("%s holds %s examples; %s are read.", self.name, *_counts(self.count, most))
        parts = [part for part in (self.source, self.source.held_out) if part is not None]
        batches = itertools.chain.from_iterable(
            part.examples(batch_size=batch_size) for part in parts
        )
        total = min(most, self.count)
        options = {"modality": self.spec.modality, "facts": self.source.facts}
        first = _first(batches, total)
        return collect(self.name, first, extractor, total, keep_data=keep_data, **options)


def open_set(name, most, **options):
    """Opens the set that a name says.

    Args:
      name: str: a source as `--data` takes it; or a path: a folder or .zip of images, or an .npz of
        examples, features or statistics.
      most: int, how many features are read.
      **options: of `data.open_source`; those for image files alone are left out for other sets.
    Returns: Examples, or the FeatureSet of features or statistics, which are read.
    Raises: ValueError, if there is no such set, or it cannot be read.
    """
    form, location = _find(name)
    if form == "features":
        return read_features(location, most)
    if form == "statistics":
        return read_statistics(location)
    if not location.startswith("images:"):
        options = {key: value for key, value in options.items() if key not in _OF_IMAGE_FILES}
    return Examples(name, open_source(location, **options))


def _find(name):
    """("examples", the name of a source), or ("features" or "statistics", a path)."""
    kind, colon, _ = name.partition(":")
    if kind in SOURCES and (colon or SOURCES[kind] == kind):
        return "examples", name
    if tf.io.gfile.isdir(name):
        return "examples", f"images:{name}"
    if not tf.io.gfile.exists(name):
        if colon and "://" not in name:
            check_name(name)
        raise ValueError(
            f"{name} must be a folder of images, a .zip of them, an .npz of examples, features or "
            f"statistics, or a source ({', '.join(SOURCES.values())}); there is no such file or "
            "folder."
        )
    if name.lower().endswith(".zip"):
        return "examples", f"images:{name}"
    with open_arrays(name) as arrays:
        if "mu" in arrays and "sigma" in arrays:
            return "statistics", name
        return ("features", name) if "features" in arrays else ("examples", f"arrays:{name}")


def _counts(*numbers):
    return [f"{number:,}" for number in numbers]


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
    form = arrays.header(key)
    if form.dtype.kind not in kinds or len(form.shape) != rank:
        word = "integer" if kinds == "iu" else "float"
        shape = ([], ["count"], ["count", "d"])[rank]
        raise ValueError(f"{path}: {key} must be {word} [{', '.join(shape)}]; received {form}.")
    return arrays[key]


def _identity(path, arrays):
    """What made the features: dict, or None where it is not known."""
    if "extractor" not in arrays:
        return None
    form = arrays.header("extractor")
    if form.dtype.kind != "U" or form.shape:
        raise ValueError(f"{path}: extractor must be JSON text; received {form}.")
    try:
        text = str(arrays["extractor"])
    except ValueError as error:  # no characters
        raise ValueError(f"{path}: extractor must be JSON text.") from error
    return parse_json(text, dict, f"{path}: extractor must be JSON text")
