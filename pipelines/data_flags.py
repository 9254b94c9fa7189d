"""The flags that name a data source and say how it is read."""

from absl import flags

from tfgan import choices, memory
from tfgan.data import source_names

from . import path_flags

SOURCES = f"{source_names.FORMS}."


def define(values):
    """--data and how to read it."""
    path_flags.define_source(
        "data",
        "",
        f"{SOURCES} What the content does not determine is appended after #, such as "
        "arrays:FILE.npz#layout=chw; numeric arrays other than pixels or points are "
        "arrays:FILE.npz#kind=latents. By default the recipe's data.",
        values,
    )
    define_reading(values)
    flags.DEFINE_boolean(
        "flip", False, "Mirror each image left to right with probability 1/2.", values
    )
    flags.DEFINE_boolean("jitter", False, "Move each image by a few pixels, at random.", values)
    flags.DEFINE_enum(
        "direction",
        "",
        ["", *choices.DIRECTIONS],
        "Direction of a translation between the domains A and B. By default AtoB.",
        values,
    )
    flags.DEFINE_enum(
        "binarise",
        "",
        ["", *choices.BINARIZATIONS],
        "static: binarize each pixel once, at random, with its gray level as the probability of 1. "
        "By default pixels are used as stored; models of binary pixels binarize them again at "
        "every step.",
        values,
    )


def define_reading(values):
    """--image_size, --labels and all other flags of reading a source."""
    text, path, switch = flags.DEFINE_string, path_flags.define, flags.DEFINE_boolean
    about = "Directory of TensorFlow Datasets. By default its own default."
    path("data_dir", "", about, values)
    about = "Directory for decoded datasets that do not fit in memory. By default ~/.cache/tfgan."
    path("cache_dir", "", about, values)
    about = "Height and width to which images are resized, such as 32 or 48x64."
    text("image_size", "", about, values)
    flags.DEFINE_enum(
        "crop",
        "center",
        list(choices.CROPS),
        "How images of another aspect ratio are resized: cropped at the center, or stretched.",
        values,
    )
    flags.DEFINE_enum(
        "channels",
        "",
        ["", *map(str, choices.CHANNELS)],
        "Gray (1), color (3), or color and alpha (4). By default as stored, without alpha.",
        values,
    )
    about = "Background color of transparent pixels: white, black or R,G,B in 0..255."
    text("background", "white", about, values)
    text(
        "memory",
        "",
        "Memory for reading images, such as 2GB or 512MB; larger datasets go to --cache_dir. By "
        "default a fraction of the free memory.",
        values,
    )
    path_flags.define_source(
        "labels",
        "",
        "Labels of images: FILE.csv or FILE.jsonl with the columns file and label, a dataset.json, "
        "folders (one class per folder) or none. By default the dataset.json in the folder, else "
        "folders if there are several.",
        values,
    )
    about = "Skip images that cannot be read instead of stopping with an error."
    switch("skip_broken", False, about, values)


def numbers(values):
    """The values of the flags whose strings stand for numbers: dict by flag."""
    return {
        "image_size": size(values.image_size),
        "channels": int(values.channels) if values.channels else None,
        "background": background(values.background),
        "memory": memory.parse_bytes(values.memory) if values.memory else None,
    }


def reading_options(values):
    """The options of `data.open_source` that change nothing about the examples."""
    return {
        "data_dir": values.data_dir or None,
        "cache_dir": values.cache_dir or None,
        "skip_broken": values.skip_broken,
        "memory": numbers(values)["memory"],
    }


def reading(values):
    """All options of `data.open_source` that the flags give."""
    own = {"crop": values.crop, "labels": values.labels or None}
    return numbers(values) | own | reading_options(values)


def size(text):
    """ "32" -> [32, 32], "48x64" -> [48, 64], "" -> None; ValueError for another string."""
    if not text:
        return None
    sides = text.lower().split("x")
    if len(sides) > 2 or not all(side.isdigit() and int(side) > 0 for side in sides):
        raise ValueError(f"--image_size takes 32 or 48x64 (height x width); received {text!r}.")
    return [int(sides[0]), int(sides[-1])]


def background(text):
    """ "white" -> [255, 255, 255], "0,128,255" -> [0, 128, 255]; ValueError for another string."""
    if text.lower() in source_names.BACKGROUNDS:
        return list(source_names.BACKGROUNDS[text.lower()])
    levels = text.split(",")
    if len(levels) != 3 or not all(level.isdecimal() and int(level) < 256 for level in levels):
        raise ValueError(
            f"--background takes white, black or red, green and blue in 0..255, such as 0,128,255; "
            f"received {text!r}."
        )
    return [int(level) for level in levels]
