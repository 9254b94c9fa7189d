"""`--extractor`: from a name to an extractor."""

import difflib

import tensorflow as tf

from tfgan import files
from tfgan.extractors import applications, digits, inception, saved
from tfgan.extractors.points import Points

NAMES = ("digits", "inception", "keras:NAME", "points", "FILE.keras", "a SavedModel's folder")


def is_known(name):
    """Whether a name is that of a network that tfgan or Keras defines, and not of a user's file.

    Args:
      name: anything; only digits, inception, points and keras:NAME are known.
    """
    if not isinstance(name, str):
        return False
    kind, _, application = name.partition(":")
    return name in ("digits", "inception", "points") or (
        kind == "keras" and files.is_plain_name(application)
    )


def open_extractor(name, *, weights=None, resize=None):
    """Opens the extractor that an `--extractor` string names.

    Args:
      name: str: `digits`, `inception`, `keras:NAME`, `points`, a .keras file or a SavedModel's
        folder.
      weights: str, the weights file of inception or keras:NAME.
      resize: str, a mode of `resizing`; None for what suits the extractor.
    Returns: `Extractor`, or `Points`.
    Raises: ValueError for an unknown name, and weights that are missing, not wanted or not right.
    """
    kind = name.partition(":")[0]
    if weights and kind not in ("inception", "keras"):
        raise ValueError(f"The extractor {name} brings its own weights; leave out {weights}.")
    if name == "points" and resize:
        raise ValueError("The extractor points has nothing to resize.")
    if name == "points":
        return Points()
    if name == "inception":
        return inception.open_inception(weights, resize or "legacy_tf")
    if name == "digits":
        return digits.open_digits(resize or "clean")
    if kind == "keras" and name != kind:
        return applications.open_application(name.partition(":")[2], weights, resize or "clean")
    if name.endswith(".keras"):
        return saved.open_keras_file(name, resize or "clean")
    if tf.io.gfile.isdir(name):
        return saved.open_saved_model(name, resize or "clean")
    near = difflib.get_close_matches(name, NAMES, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    raise ValueError(f"There is no extractor {name!r}{hint} There is {', '.join(NAMES)}.")
