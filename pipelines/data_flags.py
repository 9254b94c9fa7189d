"""The flags that name a data source, shared by every program that reads data."""

from absl import flags

from . import path_flags

SOURCES = (
    "mnist5k, tfds:NAME, images:FOLDER, tfrecord:FOLDER|PATTERN, arrays:FILE.npz, text:FILE or "
    "toy:ring|grid|swiss_roll|sentences|paragraphs|bouncing."
)


def define(values):
    """--data and how to read it."""
    path_flags.define_source(
        "data", "", f"{SOURCES} By default what the recipe was made for.", values
    )
    define_reading(values)
    flags.DEFINE_boolean(
        "flip", False, "Mirror every image, left to right, with probability 1/2.", values
    )
    flags.DEFINE_enum(
        "binarise",
        "",
        ["", "static"],
        "Black and white pixels: static draws them once, by their grey. By default as stored; "
        "models of binary pixels draw theirs at every step.",
        values,
    )


def define_reading(values):
    """How examples are read, wherever they come from."""
    text, path, switch = flags.DEFINE_string, path_flags.define, flags.DEFINE_boolean
    path("data_dir", "", "Where TFDS keeps its files. By default TFDS's own choice.", values)
    path("cache_dir", "", "Where decoded sets too large for memory are kept.", values)
    text("image_size", "", "Height and width that images get, as 32 or 48x64.", values)
    flags.DEFINE_enum(
        "crop",
        "center",
        ["center", "stretch"],
        "How images of another shape are made to fit --image_size.",
        values,
    )
    flags.DEFINE_enum(
        "channels", "", ["", "1", "3"], "Grey (1) or colour (3). By default as stored.", values
    )
    switch(
        "skip_broken", False, "Leave out images that cannot be read instead of refusing.", values
    )


def resolve(values, default):
    """The options that decide what the data is: dict for a run's record."""
    from tfgan import data

    return {
        "source": data.absolute(values.data or default),
        **{name: reading(values)[name] for name in ("image_size", "crop", "channels")},
        "flip": values.flip,
        # Only where asked for: records of runs before there was a choice lack it.
        **({"binarise": values.binarise} if values.binarise else {}),
    }


def of_record(data):
    """The flags that ask for the options of a record, but those that have their defaults.

    Args:
      data: dict, as `resolve` gives it.
    Returns: dict by name, of what the flags take; without --data.
    """
    image_size = data.get("image_size")
    asked = {
        "image_size": image_size and "x".join(map(str, image_size)),
        "crop": data.get("crop"),
        "channels": data.get("channels") and str(data["channels"]),
        "flip": data.get("flip"),
        "binarise": data.get("binarise"),
    }
    return {name: value for name, value in asked.items() if value and value != "center"}


def open_source(data, values):
    """Opens the `data.Source` that `resolve` described."""
    from tfgan.data import open_source as open_

    return open_(
        data["source"],
        image_size=data["image_size"],
        crop=data["crop"],
        channels=data["channels"],
        binarise=data.get("binarise"),
        **places(values),
    )


def places(values):
    """The options of `data.open_source` that change nothing about the examples."""
    return {
        "data_dir": values.data_dir or None,
        "cache_dir": values.cache_dir or None,
        "skip_broken": values.skip_broken,
    }


def reading(values):
    """All options of `data.open_source` that the flags give."""
    return {
        "image_size": size(values.image_size),
        "crop": values.crop,
        "channels": int(values.channels) if values.channels else None,
        **places(values),
    }


def size(text):
    """ "32" -> [32, 32], "48x64" -> [48, 64]; None for no text.

    Raises: ValueError for another text.
    """
    if not text:
        return None
    sides = text.lower().split("x")
    if len(sides) > 2 or not all(side.isdigit() and int(side) > 0 for side in sides):
        raise ValueError(f"--image_size takes 32 or 48x64 (height x width); received {text!r}.")
    return [int(sides[0]), int(sides[-1])]
