"""The data of a run: what its record keeps of them, and how they are opened again."""

import os

from tfgan import data as sources
from tfgan.data import reading_rules

_WHITE = (255, 255, 255)
_CROP = "center"


def describe(
    source,
    *,
    image_size=None,
    crop=_CROP,
    channels=None,
    flip=False,
    background=_WHITE,
    binarise="",
    labels="",
):
    """The options that decide what the data are: dict for a run's record.

    Args:
      source: str, as `data.open_source` takes it; a path in it is made absolute.
      image_size: (height, width), or None.
      crop, channels, background, binarise, labels: as of `data.open_source`.
      flip: bool, whether training mirrors examples with probability 1/2.
    """
    return {
        "source": sources.absolute_name(source),
        "image_size": image_size and list(image_size),
        "crop": crop,
        "channels": channels,
        "flip": flip,
        # Only where asked for: records of runs before there was a choice lack them.
        **({} if tuple(background) == _WHITE else {"background": list(background)}),
        **({"binarise": binarise} if binarise else {}),
        **({"labels": _absolute(labels)} if labels else {}),
    }


def of_record(data):
    """The options of a record as `describe` takes them, but those that have their defaults: dict.

    Args:
      data: dict, as `describe` gives it.
    """
    names = ("image_size", "crop", "channels", "background", "flip", "binarise", "labels")
    asked = {name: data.get(name) for name in names}
    return {name: value for name, value in asked.items() if value and value != _CROP}


def rules_of(record):
    """The rules by which a run reads its data, see `tfgan.data.reading_rules`.

    Args:
      record: `runs.Record`, or None for a new run.
    """
    return reading_rules.of_record(record.data.get("decided")) if record else reading_rules.TODAY


def open_source(data, rules=None, **places):
    """Opens the `data.Source` that `describe` described.

    Args:
      data: dict, as `describe` gives it or a run's record holds it.
      rules: of `tfgan.data.reading_rules`; None for those that made the record.
      **places: options of `data.open_source` that change nothing about the examples: `data_dir`,
        `cache_dir`, `skip_broken`, `memory`.
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
        rules=rules or reading_rules.of_record(data.get("decided")),
        **places,
    )


def open_data(record, source="", **places):
    """The source that a run was trained on.

    Args:
      record: `runs.Record`.
      source: str, where its data lie now; "" for where they lay.
      **places: as of `open_source`.
    Raises: ValueError for data that cannot be read, or whose content has changed since.
    """
    opened = open_source(record.data | ({"source": source} if source else {}), **places)
    if opened.fingerprint != record.data["fingerprint"]:
        raise ValueError(
            f"{opened.name} is not what the run was trained on: its content has changed. --data "
            "names where the training data lie now."
        )
    return opened


def _absolute(path):
    """A path as it is named in every directory; another text, such as "none", as it is."""
    is_path = "://" not in path and os.path.exists(path)
    return os.path.abspath(path) if is_path else path
