"""`points`, `latents`: data that are their own features."""

import dataclasses
import hashlib
import json

import numpy as np

from tfgan.extractors.extractor import Features


class IdentityExtractor:
    """An extractor without a network: examples as rows of numbers, see `Extractor`.

    Latents are standardized by channel, as for networks, so that no large column dominates.

    Args:
      modality: `Modality` of the data, with `is_own_feature`.
    """

    version = "1"
    size = channels = classes = None
    resize = None

    def __init__(self, modality):
        self._modality = modality
        self.name = modality.kind

    @property
    def sha256(self):
        """Hex, of what scales the numbers; None without scaling."""
        facts = dataclasses.asdict(self._modality)
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest() if facts else None

    @property
    def identity(self):
        """The conditions of comparable numbers: dict for JSON."""
        known = {"name": self.name, "version": self.version}
        return known | ({"sha256": self.sha256} if self.sha256 else {})

    def __call__(self, data):
        """The examples themselves: Features, float32 `[n, d]`."""
        data = np.asarray(data)
        if data.dtype.kind != "f" or data.ndim < 2:
            raise ValueError(
                f"The extractor {self.name} takes {self._modality.describe_arrays()}; received "
                f"{data.dtype.name} {list(data.shape)}. Images need another one."
            )
        return Features(self._modality.as_vectors(data))
