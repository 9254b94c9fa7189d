"""Features of real examples on disk, so that the next evaluation need not extract them again.

The key is a hash of the data's content (not name), how they are read, their count, and extractor.
"""

import hashlib
import json
import os

from tfgan import files
from tfgan.data.decoding import cache
from tfgan.evaluation.feature_set import FeatureSet

_KEYS = ("features", "logits", "label")


class FeatureCache:
    """Features by the hash of their inputs.

    Args:
      directory: str, a local directory; None for `~/.cache/tfgan`.
      facts: dict that JSON can hold: how the data are read (size, crop, channels).
    """

    def __init__(self, directory, facts):
        self._folder = os.path.join(cache.cache_directory(directory), "features")
        self._facts = facts

    def get_or_compute(self, compute, source, extractor, count):
        """The first features of a source, stored or from `compute()`: FeatureSet without data."""
        path = self._path(source, extractor, count)
        features = _load(path, source.name, extractor.identity)
        if features is None:
            features = compute()
            arrays = {key: getattr(features, key) for key in _KEYS}
            files.write_arrays(path, {key: a for key, a in arrays.items() if a is not None})
        return features

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
            features = {key: arrays[key] for key in _KEYS if key in arrays}
        return FeatureSet(name, len(features["features"]), **features, identity=identity)
    except (ValueError, KeyError, TypeError):  # missing or damaged: computed again
        return None
