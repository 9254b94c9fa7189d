"""Features of real examples, kept on disk so that the next evaluation need not extract them again.

They are found by a hash of everything that they depend on: the content of the data and how it was
read, how many examples, and the extractor with its weights. A name is no part of it.
"""

import hashlib
import json
import os

from tfgan import files
from tfgan.data.decoding import cache
from tfgan.evaluation.feature_set import FeatureSet

_KEYS = ("features", "logits", "label")


class FeatureCache:
    """Features by the hash of what they were made from.

    Args:
      directory: str, a local directory; None for `~/.cache/tfgan`.
      facts: dict that JSON can hold: how the data were read (size, crop, channels).
    """

    def __init__(self, directory, facts):
        self._folder = os.path.join(cache.cache_directory(directory), "features")
        self._facts = facts

    def get_or_compute(self, read, source, extractor, count):
        """The features of a source: those that an earlier run has left, or read and kept now.

        Args:
          read: function () -> FeatureSet.
          source: `data.Source`.
          extractor: `extractors.Extractor`.
          count: int, how many examples are asked for.
        Returns: FeatureSet without the examples themselves.
        """
        path = self._path(source, extractor, count)
        found = _load(path, source.name, extractor.identity)
        if found is None:
            found = read()
            _save(path, found)
        return found

    def _path(self, source, extractor, count):
        key = {
            "data": source.fingerprint,
            "shape": list(source.spec.shape),
            "read": self._facts,
            "count": min(count, source.count),
            "extractor": extractor.identity,
        }
        digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()
        return os.path.join(self._folder, f"{digest[:32]}.npz")


def _load(path, name, identity):
    try:
        with files.open_arrays(path) as arrays:
            found = {key: arrays[key] for key in _KEYS if key in arrays}
        return FeatureSet(name, len(found["features"]), **found, identity=identity)
    except (ValueError, KeyError, TypeError):  # not there, or damaged: made again
        return None


def _save(path, found):
    arrays = {key: getattr(found, key) for key in _KEYS}
    files.write_arrays(path, {key: rows for key, rows in arrays.items() if rows is not None})
