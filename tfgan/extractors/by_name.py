"""`--extractor`: from a name to an extractor."""

import difflib

import tensorflow as tf

from tfgan import files, modalities
from tfgan.extractors import applications, digits, inception, saved_networks
from tfgan.extractors.identity import IdentityExtractor

_OWN = tuple(kind.kind for kind in modalities.KINDS if kind.is_own_feature)
NAMES = ("digits", "inception", "keras:NAME", *_OWN, "FILE.keras", "a SavedModel's folder")


def is_known(name):
    """Whether a name is that of a network that tfgan or Keras defines, and not of a user's file.

    Args:
      name: anything; digits, inception, keras:NAME and kinds of data that are their own features,
        such as points, are known.
    """
    if not isinstance(name, str):
        return False
    kind, _, application = name.partition(":")
    return name in ("digits", "inception", *_OWN) or (
        kind == "keras" and files.is_plain_name(application)
    )


def open_extractor(name, *, weights=None, resize=None, modality=None):
    """Opens the extractor that an `--extractor` string names.

    Args:
      name: str: `digits`, `inception`, `keras:NAME`, `points`, `latents`, a .keras file or a
        SavedModel's folder.
      weights: str, the weights file of inception or keras:NAME.
      resize: str, a mode of `resizing`; None for what suits the extractor.
      modality: `Modality` of the data, where they are their own features; None for one without
        facts.
    Returns: `Extractor`, or `IdentityExtractor`.
    Raises: ValueError for an unknown name, and weights that are missing, not wanted or not right.
    """
    kind = name.partition(":")[0]
    if weights and kind not in ("inception", "keras"):
        raise ValueError(f"The extractor {name} brings its own weights; leave out {weights}.")
    if name in _OWN and resize:
        raise ValueError(f"The extractor {name} has nothing to resize.")
    if name in _OWN:
        is_of_data = modality is not None and modality.kind == name
        return IdentityExtractor(modality if is_of_data else modalities.find(name)())
    if name == "inception":
        return inception.open_inception(weights, resize or "legacy_tf")
    if name == "digits":
        return digits.open_digits(resize or "clean")
    if kind == "keras" and name != kind:
        return applications.open_application(name.partition(":")[2], weights, resize or "clean")
    if name.endswith(".keras"):
        return saved_networks.open_keras_file(name, resize or "clean")
    if tf.io.gfile.isdir(name):
        return saved_networks.open_saved_model(name, resize or "clean")
    near = difflib.get_close_matches(name, NAMES, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    raise ValueError(f"There is no extractor {name!r}{hint} There is {', '.join(NAMES)}.")
