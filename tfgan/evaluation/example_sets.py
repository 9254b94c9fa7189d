"""Sets of examples by name: data sources, folders of images, and .npz files."""

import dataclasses
import itertools
import logging

import tensorflow as tf

from tfgan.data import SOURCES, Source, check_name, open_source, source_names
from tfgan.evaluation import feature_files
from tfgan.evaluation.feature_set import collect
from tfgan.files import open_arrays

_LOG = logging.getLogger(__name__)

_OF_IMAGE_FILES = ("skip_broken", "labels")  # options that other sources refuse


@dataclasses.dataclass(frozen=True)
class Examples:
    """A set of examples that is not read yet.

    Attributes:
      name: str, the user's name of the set.
      source: `data.Source`; its held-out examples are part of the set.
    """

    name: str
    source: Source

    @property
    def spec(self):
        return self.source.spec

    @property
    def count(self):
        return sum(part.count for part in self._parts)

    @property
    def _parts(self):
        return [part for part in (self.source, self.source.held_out) if part is not None]

    def read(self, extractor, max_count, *, batch_size=500, keep_data=True):
        """The first examples of one fixed random order: FeatureSet.

        Args:
          extractor: `extractors.Extractor`, or None to compute no features.
          max_count: int; that there are more examples is logged.
          batch_size: int, examples per pass.
          keep_data: bool, whether to keep the examples themselves.
        """
        if max_count < self.count:
            _LOG.info(
                "%s holds %s examples; %s are read.", self.name, f"{self.count:,}", f"{max_count:,}"
            )
        batches = itertools.chain.from_iterable(
            part.examples(batch_size=batch_size) for part in self._parts
        )
        total = min(max_count, self.count)
        form = {"modality": self.spec.modality, "facts": self.source.facts}
        first = _first(batches, total)
        return collect(self.name, first, extractor, total, keep_data=keep_data, **form)


def open_set(name, max_count, **options):
    """Opens a set.

    Args:
      name: str: a source as `--data` takes it; or a path: a folder or .zip of images, or an .npz of
        examples, features or statistics.
      max_count: int, features that are read.
      **options: of `data.open_source`; those for image files alone are ignored for other sets.
    Returns: Examples; or the FeatureSet of features or statistics.
    Raises: ValueError for a dataset that does not exist or cannot be read.
    """
    form, location = _find(name)
    if form == "features":
        return feature_files.read_features(location, max_count)
    if form == "statistics":
        return feature_files.read_statistics(location)
    if not source_names.split_path(location)[0].endswith("images:"):
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


def _first(batches, count):
    for batch in batches:
        yield {name: rows[:count] for name, rows in batch.items()}
        count -= len(batch["data"])
        if count <= 0:
            return
