"""The data of a run: the options in its record, and how they are opened again."""

import os

from tfgan import data as sources
from tfgan.data import reading_rules

_WHITE = (255, 255, 255)
_CROP = "center"
OPTIONS = (
    *("image_size", "crop", "channels", "background", "flip", "jitter", "binarise", "labels"),
    "direction",
)


def to_record(
    source,
    *,
    image_size=None,
    crop=_CROP,
    channels=None,
    flip=False,
    background=_WHITE,
    binarise="",
    labels="",
    jitter=False,
    direction="",
):
    """The options that determine the data, see `data.open_source`: dict for a run's record.

    Args:
      source: str; a path in it is made absolute.
      image_size: (height, width), or None.
      flip: bool, whether training mirrors examples with probability 1/2.
      jitter: bool, whether training moves examples by a few pixels.
      direction: "BtoA" for the reverse translation, else "" or "AtoB".
    """
    return {
        "source": sources.absolute_name(source),
        "image_size": image_size and list(image_size),
        "crop": crop,
        "channels": channels,
        "flip": flip,
        # Options that records of earlier releases lack are written only if they have a value.
        **({} if tuple(background) == _WHITE else {"background": list(background)}),
        **({"binarise": binarise} if binarise else {}),
        **({"labels": _absolute(labels)} if labels else {}),
        **({"jitter": True} if jitter else {}),
        **({"direction": direction} if direction == "BtoA" else {}),
    }


def from_record(data):
    """The arguments of the `to_record` that gave `data`, without `source` and defaults: dict."""
    options = {name: data.get(name) for name in OPTIONS}
    return {name: value for name, value in options.items() if value and value != _CROP}


def open_source(data, rules=None, **reading_options):
    """Opens the `data.Source` of a record.

    Args:
      data: dict, see `to_record`.
      rules: of `tfgan.data.reading_rules`; None for those of the record.
      **reading_options: `data_dir`, `cache_dir`, `skip_broken`, `memory`, see `data.open_source`.
    Raises: ValueError for data that cannot be read.
    """
    return sources.open_source(
        data["source"],
        image_size=data["image_size"],
        crop=data["crop"],
        channels=data["channels"],
        background=data.get("background", list(_WHITE)),
        binarise=data.get("binarise"),
        labels=data.get("labels"),
        direction=data.get("direction"),
        rules=rules or reading_rules.of_record(data.get("decided")),
        **reading_options,
    )


def rules_of(record):
    """The `reading_rules` of a `runs.Record`; today's for None, a new run."""
    return reading_rules.of_record(record.data.get("decided")) if record else reading_rules.TODAY


def open_data(record, source="", **reading_options):
    """The source that a run was trained on.

    Args:
      record: `runs.Record`.
      source: str, where the data are now; "" for the path in the record.
      **reading_options: see `open_source`.
    Raises: ValueError for data that cannot be read, or whose content has changed.
    """
    opened = open_source(record.data | ({"source": source} if source else {}), **reading_options)
    if opened.fingerprint != record.data["fingerprint"]:
        raise ValueError(
            f"{opened.name} is not what the run was trained on: its content has changed. --data "
            "gives the present location of the training data."
        )
    return opened


def _absolute(path):
    """A path made absolute; another string, such as "none", unchanged."""
    return os.path.abspath(path) if "://" not in path and os.path.exists(path) else path
