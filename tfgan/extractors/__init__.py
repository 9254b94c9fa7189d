"""Extractors: frozen networks that map images to features, in which metrics measure distances.

Numbers are comparable if they come from extractors of the same name, version, SHA-256 of the
weights and way of resizing.

>>> import numpy as np
>>> from tfgan import extractors
>>> digits = extractors.open_extractor("digits")
>>> digits(np.zeros((2, 28, 28, 1), np.uint8)).features.shape
(2, 64)
"""

from tfgan.extractors.by_name import is_known, open_extractor
from tfgan.extractors.extractor import CHUNK, Extractor, Features
from tfgan.extractors.identity import IdentityExtractor

__all__ = ["CHUNK", "Extractor", "Features", "IdentityExtractor", "is_known", "open_extractor"]
