"""`--data`: from a name to a source."""

import difflib
import os

from tfgan import choices
from tfgan.data import binarization, reading_rules
from tfgan.data.decoding import preprocessing
from tfgan.data.facts import Facts
from tfgan.data.sources import (
    arrays,
    image_folder,
    image_folder_stream,
    mnist5k,
    prepared,
    text_file,
    tfds,
    tfrecord,
    toy,
)

SOURCES = {
    "arrays": "arrays:FILE.npz|FILE.npy",
    "images": "images:FOLDER|FILE.zip",
    "mnist5k": "mnist5k",
    "text": "text:FILE",
    "tfds": "tfds:NAME[@SPLIT]",
    "tfrecord": "tfrecord:FOLDER|PATTERN",
    "toy": "toy:" + "|".join(toy.NAMES),
}


def open_source(
    name,
    *,
    data_dir=None,
    image_size=None,
    crop="center",
    channels=None,
    background=preprocessing.WHITE,
    skip_broken=False,
    cache_dir=None,
    memory=None,
    binarise=None,
    labels=None,
    rules=reading_rules.TODAY,
):
    """Opens the examples that a `--data` string names.

    Args:
      name: str, one of `arrays:FILE.npz|FILE.npy`, `images:FOLDER|FILE.zip`, `mnist5k`,
        `text:FILE`, `tfds:NAME[@SPLIT]`, `tfrecord:FOLDER|PATTERN`, or `toy:` and one of
        `toy.NAMES`. Files and folders are anything that `tf.io.gfile` takes.
      data_dir: str, the directory of TensorFlow Datasets; None for its default.
      image_size: (height, width) in pixels; None if all images have one size already.
      crop: "center" scales the shorter side and cuts the middle out; "stretch" scales both sides.
      channels: 1 for gray, 3 for RGB, 4 for RGB and alpha, None for as stored without alpha.
      background: (red, green, blue) in 0..255, what shows through where an image is transparent.
      skip_broken: bool, leave image files out that cannot be decoded; for `images:` only.
      cache_dir: str, a local directory for decoded images that are too many for memory; None for
        `~/.cache/tfgan`.
      memory: int, bytes that decoding and decoded images may take; None for a share of what is
        free.
      binarise: "static" draws black or white for each pixel of each image, once and for all (see
        `binarization.static`; its seed is 0, so that all runs share the set); None for gray.
      labels: where the labels of `images:` come from: "folders", "none", or the path of a CSV, JSON
        lines or dataset.json file; None for what the folder itself tells (`folder_layout.of`).
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`, how what is not said is decided.
    Returns: `Source`.
    Raises: ValueError for an unknown name, options that do not suit it, and data that cannot be
      read.
    """
    if binarise not in (None, *choices.BINARIZATIONS):
        raise ValueError(f"binarise must be 'static' or None; received {binarise!r}.")
    fit = preprocessing.ImagePreprocessing(image_size, crop, channels, background)
    images = {"skip_broken": skip_broken, "labels": labels}
    source = _open(name, fit, images, data_dir, cache_dir, memory, rules)
    return binarization.static(source, seed=0) if binarise else source


def _open(name, fit, images, data_dir, cache_dir, memory, rules):
    check_name(name)
    source, _, location = name.partition(":")
    room = {"cache_dir": cache_dir, "memory": memory}
    for option, value in images.items():
        if value and source != "images":
            raise ValueError(f"{option} is for {SOURCES['images']}; received it with {name}.")
    if source in ("toy", "text") and not fit.is_identity:
        raise ValueError(f"image_size and channels are for images; {name} holds none.")
    match source:
        case "arrays":
            return arrays.open_arrays(location, fit, rules=rules)
        case "images":
            return image_folder.open_folder(location, fit=fit, rules=rules, **room, **images)
        case "mnist5k":
            return mnist5k.open_digits(fit)
        case "text":
            return text_file.open_text(location)
        case "tfds":
            return tfds.open_dataset(location, fit=fit, data_dir=data_dir, rules=rules, **room)
        case "tfrecord":
            return prepared.find_set(location, fit) or tfrecord.open_records(
                location, fit=fit, memory=memory, rules=rules
            )
        case _:
            return toy.open_toy(location)


def open_stream(
    name,
    *,
    image_size=None,
    crop="center",
    channels=None,
    background=preprocessing.WHITE,
    **options,
):
    """Opens examples that are read once, from the first to the last, as preparing them does.

    A folder of image files is not kept in memory, so it may be of any size.

    Args:
      name, image_size, crop, channels, background, **options: as of `open_source`.
    Returns: what `prepared.write` takes; its examples are those of `open_source` in the same order.
    Raises: ValueError, as `open_source` does.
    """
    source, _, location = name.partition(":")
    form = image_size, crop, channels, background
    if source != "images" or not location:
        names = "image_size", "crop", "channels", "background"
        return open_source(name, **dict(zip(names, form, strict=True)), **options)
    taken = "skip_broken", "memory", "labels", "rules"
    options = {key: value for key, value in options.items() if key in taken}
    return image_folder_stream.open_stream(
        location, fit=preprocessing.ImagePreprocessing(*form), **options
    )


def describe_name(name):
    """What a name promises of data before they are there, for programs that do not open them.

    Args:
      name: str, as of `open_source`.
    Returns: (str, the kind of data, "images" where the name does not tell; `Facts`).
    """
    source, _, location = name.partition(":")
    match source:
        case "text":
            return "texts", Facts()
        case "toy":
            return toy.KINDS.get(location, "images"), Facts()
        case "arrays":
            return arrays.kind(location) or "images", Facts()
        case "mnist5k":
            return "images", Facts(extractor=mnist5k.EXTRACTOR)
        case "tfds":
            return "images", Facts(extractor=tfds.EXTRACTORS.get(location.partition("@")[0], ""))
        case _:
            return "images", Facts()


def absolute_name(name):
    """The same source under a name that means it in every directory.

    Args:
      name: str, as of `open_source`.
    Returns: str; names of remote and built-in data are as they were.
    """
    source, _, location = name.partition(":")
    takes_path = any(word in SOURCES.get(source, "") for word in ("FILE", "FOLDER"))
    if not takes_path or "://" in location:
        return name
    return f"{source}:{os.path.abspath(location)}"


def check_name(name):
    """Refuses a name that no source has, without looking for the data.

    Raises: ValueError.
    """
    source, colon, location = name.partition(":")
    if source not in SOURCES:
        near = difflib.get_close_matches(source, SOURCES, n=1)
        hint = f"; did you mean {SOURCES[near[0]]}?" if near else "."
        if not near and os.path.exists(name):
            kind = "images" if os.path.isdir(name) or name.endswith(".zip") else "arrays"
            hint = f"; did you mean {kind}:{name}?"
        raise ValueError(
            f"There is no data source {name!r}{hint} The sources are {', '.join(SOURCES.values())}."
        )
    takes_location = SOURCES[source] != source
    if takes_location and not location:
        raise ValueError(f"The source {source} needs a name: {SOURCES[source]}.")
    if colon and not takes_location:
        raise ValueError(f"The source {source} takes no name; received {name!r}.")
