"""Extractors by the name that `--extractor` takes."""

import tensorflow as tf

from tfgan import files, modalities, words
from tfgan.extractors import applications, digits, inception, saved_networks
from tfgan.extractors.identity import IdentityExtractor

_OWN = tuple(kind.kind for kind in modalities.KINDS if kind.is_own_feature)
_DIGITS = {"digits": digits.open_digits, "stacked_digits": digits.open_stacked_digits}
NAMES = (*_DIGITS, "inception", "keras:NAME", *_OWN, "FILE.keras", "a SavedModel's folder")


def is_known(name):
    """Whether a name, of any type, is one of `NAMES`, and not a user's file: bool."""
    if not isinstance(name, str):
        return False
    kind, _, application = name.partition(":")
    return name in (*_DIGITS, "inception", *_OWN) or (
        kind == "keras" and files.is_plain_name(application)
    )


def open_extractor(name, *, weights=None, resize=None, modality=None):
    """Opens an extractor by name: `Extractor`, or `IdentityExtractor`.

    Args:
      name: str, one of `NAMES`.
      weights: str, the weights file of inception or keras:NAME.
      resize: str, a mode of `resizing`; None for the extractor's default.
      modality: `Modality` of the data, where they are their own features; None for the default.
    Raises: ValueError for an unknown name, and weights that are missing, superfluous or wrong.
    """
    kind = name.partition(":")[0]
    if weights and kind not in ("inception", "keras"):
        raise ValueError(f"The extractor {name} brings its own weights; leave out {weights}.")
    if name in _OWN and resize:
        raise ValueError(f"The extractor {name} has nothing to resize.")
    if name in _OWN:
        is_of_data = modality is not None and modality.kind == name
        return IdentityExtractor(modality if is_of_data else modalities.by_kind(name)())
    if name == "inception":
        return inception.open_inception(weights, resize or "legacy_tf")
    if name in _DIGITS:
        return _DIGITS[name](resize or "clean")
    if kind == "keras" and name != kind:
        return applications.open_application(name.partition(":")[2], weights, resize or "clean")
    if name.endswith(".keras"):
        return saved_networks.open_keras_file(name, resize or "clean")
    if tf.io.gfile.isdir(name):
        return saved_networks.open_saved_model(name, resize or "clean")
    raise words.unknown("extractor", name, NAMES)
