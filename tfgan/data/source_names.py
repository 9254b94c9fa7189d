"""The names of data sources, toy sets and colors that users give.

Command lines read this module for their help and their checks; it imports nothing heavy.
"""

import os

from tfgan import words

TOY_KINDS = {  # the kind of data of each toy set
    **dict.fromkeys(("ring", "grid", "swiss_roll"), "points"),
    **dict.fromkeys(("sentences", "paragraphs"), "texts"),
    "bouncing": "videos",
    **dict.fromkeys(("textures", "stripes"), "images"),
}
TRANSFORMS = ("edges", "gray", "mask", "small")  # sources that are computed from images
SOURCES = {  # the form of a name of each source
    "mnist5k": "mnist5k",
    "tfds": "tfds:NAME[@SPLIT]",
    "images": "images:FOLDER|FILE.zip",
    "tfrecord": "tfrecord:FOLDER|PATTERN",
    "arrays": "arrays:FILE.npz|FILE.npy",
    "text": "text:FILE",
    "toy": f"toy:{'|'.join(TOY_KINDS)}",
    **{name: f"{name}:SOURCE" for name in TRANSFORMS},
}
FORMS = ", ".join(SOURCES.values())
_PAIRS, _TOY_PAIRS = ("pairs", "unpaired"), ("textures", "stripes")
BACKGROUNDS = {"white": (255, 255, 255), "black": (0, 0, 0)}
FOLDERS, NONE = "folders", "none"  # where labels of images come from, besides a file


def check_name(name):
    """Raises ValueError for a name (see `open_source`) that no source has."""
    source, colon, location = name.partition(":")
    if source not in SOURCES:
        if os.path.exists(name):
            kind = "images" if os.path.isdir(name) or name.endswith(".zip") else "arrays"
            raise ValueError(f"data must be one of {FORMS}; received {name!r}: use {kind}:{name}.")
        refusal = words.unknown("The source of data", source, SOURCES)
        raise ValueError(f"{refusal} The forms are {FORMS}.")
    takes_location = SOURCES[source] != source
    if takes_location and not location:
        raise ValueError(f"The source {source} needs a name: {SOURCES[source]}.")
    if colon and not takes_location:
        raise ValueError(f"The source {source} takes no name; received {name!r}.")
    if source in TRANSFORMS:
        if location.partition(":")[0] in TRANSFORMS:
            raise ValueError(
                f"{source} must be of one source of images, such as {source}:mnist5k; received "
                f"{name!r}."
            )
        check_name(location)


def has_sources(name):
    """Whether a name says that examples have a source to translate from: bool.

    >>> has_sources("edges:mnist5k"), has_sources("toy:textures"), has_sources("toy:ring")
    (True, True, False)
    """
    source, _, location = name.partition(":")
    return source in (*TRANSFORMS, *_PAIRS) or (source == "toy" and location in _TOY_PAIRS)


def absolute_name(name):
    """The same source under a name that is valid in every directory.

    >>> absolute_name("toy:ring"), absolute_name("images:gs://bucket/faces")
    ('toy:ring', 'images:gs://bucket/faces')
    """
    source, _, location = name.partition(":")
    if source in TRANSFORMS:
        return f"{source}:{absolute_name(location)}"
    takes_path = any(word in SOURCES.get(source, "") for word in ("FILE", "FOLDER"))
    if not takes_path or "://" in location:
        return name
    return f"{source}:{os.path.abspath(location)}"
