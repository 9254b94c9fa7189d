"""Extractors: frozen networks that turn images into features, in which metrics measure distances.

An extractor has a name, a version, the SHA-256 of its weights and a way to resize: together they
say which numbers may be compared.
"""

from tfgan.extractors.by_name import is_known, open_extractor
from tfgan.extractors.extractor import CHUNK, Extractor, Features
from tfgan.extractors.identity import IdentityExtractor

__all__ = ["CHUNK", "Extractor", "Features", "IdentityExtractor", "is_known", "open_extractor"]
