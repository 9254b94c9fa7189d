"""The names of data sources, toy sets and colors that users give.

Command lines read this module for their help and their checks; it imports nothing heavy.
"""

import os

from tfgan import words

TOY_KINDS = {  # the kind of data of each toy set
    **dict.fromkeys(("ring", "grid", "swiss_roll"), "points"),
    **dict.fromkeys(("sentences", "paragraphs"), "texts"),
    "bouncing": "videos",
    **dict.fromkeys(("textures", "stripes", "stacked_mnist"), "images"),
}
TRANSFORMS = ("edges", "canny", "gray", "mask", "small")  # sources that are computed from images
SOURCES = {  # the form of a name of each source
    "mnist5k": "mnist5k",
    "tfds": "tfds:NAME[@SPLIT]",
    "images": "images:FOLDER|FILE.zip",
    "tfrecord": "tfrecord:FOLDER|PATTERN",
    "arrays": "arrays:FILE.npz|FILE.npy",
    "text": "text:FILE",
    "toy": f"toy:{'|'.join(TOY_KINDS)}",
    "pairs": "pairs:FOLDER|FILE.zip|arrays:FILE.npz|tfds:NAME[@SPLIT]",
    "unpaired": "unpaired:FOLDER|FILE.zip|tfds:NAME",
    "stacked": "stacked:SOURCE",
    **{name: f"{name}:SOURCE" for name in TRANSFORMS},
    "few": "few:COUNT:SOURCE",
}
FORMS = ", ".join(SOURCES.values())
_PAIRS, _TOY_PAIRS = ("pairs", "unpaired"), ("textures", "stripes")
_OF_IMAGES = (*TRANSFORMS, "stacked")
BACKGROUNDS = {"white": (255, 255, 255), "black": (0, 0, 0)}
FOLDERS, NONE = "folders", "none"  # where labels of images come from, besides a file


def check_name(name, within=""):
    """Raises ValueError for a name (see `open_source`) that no source has.

    Args:
      name: str.
      within: str, what stands before the name in that of a computed source, such as "gray:".
    """
    source, colon, location = name.partition(":")
    if source not in SOURCES:
        if os.path.exists(name):
            kind = _kind_of_file(name)
            hint = f": use {within}{kind}:{name}" if kind else f"; the forms are {FORMS}"
            raise ValueError(f"data must begin with a kind of source; received {name!r}{hint}.")
        refusal = words.unknown("The source of data", source, SOURCES)
        raise ValueError(f"{refusal} The forms are {FORMS}.")
    takes_location = SOURCES[source] != source
    if takes_location and not location:
        raise ValueError(f"The source {source} needs a name: {SOURCES[source]}.")
    if colon and not takes_location:
        raise ValueError(f"The source {source} takes no name; received {name!r}.")
    if source == "few":
        count, colon, location = location.partition(":")
        if not (count.isdecimal() and colon):
            raise ValueError(f"few must be {SOURCES['few']}, such as few:100:mnist5k.")
        check_name(location, within=f"few:{count}:")
    if source in _OF_IMAGES:
        if location.partition(":")[0] in _OF_IMAGES:
            raise ValueError(
                f"{source} must be of one source of images, such as {source}:mnist5k; received "
                f"{name!r}."
            )
        check_name(location, within=f"{source}:")


def _kind_of_file(path):
    """The source that reads an existing path, by its suffix: str; "" for none."""
    kinds = {".npz": "arrays", ".npy": "arrays", ".txt": "text"}
    kinds |= dict.fromkeys((".zip", ".png", ".jpg", ".jpeg", ".gif", ".bmp"), "images")
    return "images" if os.path.isdir(path) else kinds.get(os.path.splitext(path)[1].lower(), "")


def has_sources(name):
    """Whether a name says that examples have a source to translate from: bool.

    >>> has_sources("edges:mnist5k"), has_sources("toy:textures"), has_sources("toy:ring")
    (True, True, False)
    """
    source, _, location = name.partition(":")
    if source == "few":
        return has_sources(location.partition(":")[2])
    return (
        source in (*TRANSFORMS, *_PAIRS)
        or (source == "toy" and location in _TOY_PAIRS)
        or (source == "tfds" and location.startswith("cycle_gan/"))
    )


def split_path(name):
    """A name as what stands before its path, and the path or "".

    >>> split_path("gray:images:photos"), split_path("pairs:photos"), split_path("toy:ring")
    (('gray:images:', 'photos'), ('pairs:', 'photos'), ('toy:ring', ''))
    """
    source, colon, location = name.partition(":")
    if source == "few":
        count, _, location = location.partition(":")
        inner, path = split_path(location)
        return f"few:{count}:{inner}", path
    is_around_another = source in _OF_IMAGES or (
        source in ("pairs", "unpaired") and location.startswith(("arrays:", "tfds:"))
    )
    if is_around_another:
        inner, path = split_path(location)
        return f"{source}:{inner}", path
    takes_path = any(word in SOURCES.get(source, "") for word in ("FILE", "FOLDER"))
    return (source + colon, location) if takes_path else (name, "")


def absolute_name(name):
    """The same source under a name that is valid in every directory.

    >>> absolute_name("toy:ring"), absolute_name("images:gs://bucket/faces")
    ('toy:ring', 'images:gs://bucket/faces')
    """
    before, path = split_path(name)
    return name if not path or "://" in path else before + os.path.abspath(path)
