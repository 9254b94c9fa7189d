"""What the headers of a set's images say, before any of them is decoded.

So images of several sizes, and those that need more memory than there is, are refused at once, and
what is decided about pixels is known, said in one line, and recorded (`Source.decisions`).
"""

import collections
import dataclasses
import logging

from tfgan import words
from tfgan.data.decoding import cache, image_header, pixels, preprocessing

_LOG = logging.getLogger(__name__)

_SENSORS = (10, 12, 14)  # bits of images that are kept in 16
_NAMES = {preprocessing.WHITE: "white", preprocessing.BLACK: "black"}


@dataclasses.dataclass(frozen=True)
class Survey:
    """What is known about the images of a set.

    Attributes:
      shape: (height, width, channels) of the fitted images; None if none can be decoded.
      white: int, the number that is white in images of 16 bits, see `pixels.decode`.
      broken: dict of name -> why it cannot be decoded, as a clause.
      decisions: dict of str for a run's record, see `rules`; empty if no pixels are changed.
    """

    shape: tuple | None
    white: int
    broken: dict
    decisions: dict


def of(files, fit, limits):
    """The survey of the images of a folder or zip file.

    Args:
      files: `image_folder.Files`.
      fit: `preprocessing.ImagePreprocessing`.
      limits: `image_files.Limits`.
    Returns: `Survey`.
    Raises: ValueError for images of several sizes, and files that cannot be read.
    """
    shape, first, broken, deep = None, None, {}, []
    counts = collections.Counter()
    for row, (name, found) in enumerate(files.headers(fit, limits)):
        header = found.header
        if header is None:
            broken[name] = found.reason
            continue
        own = fit.shape(header.height, header.width, header.channels)
        if shape is None:
            shape, first = own, name
        elif own != shape:
            raise ValueError(cache.different(files.name, first, shape, name, own))
        _count(counts, header, fit)
        if header.is_deep:
            deep.append(row)
    white = _white(files.picked(deep).largest(fit, limits)) if deep else pixels.WHITE
    decided = _decided(counts, white, fit)
    _say(files.name, words.counted(len(files.names), "image"), decided)
    return Survey(shape, white, broken, decided)


def of_contents(name, contents, fit):
    """What is decided about images of which only the first are looked at.

    Args:
      name: str, how messages call the set.
      contents: list of bytes, of some image files; broken ones count for nothing.
      fit: `preprocessing.ImagePreprocessing`.
    Returns: (`Survey.white`, `Survey.decisions`).
    """
    counts, largest = collections.Counter(), []
    for content in contents:
        try:
            header = image_header.read(content)
            largest += [pixels.largest(content, header)] if header.is_deep else []
        except ValueError:
            continue
        _count(counts, header, fit)
    white = _white(largest) if largest else pixels.WHITE
    decided = _decided(counts, white, fit)
    _say(name, f"the first {words.counted(len(contents), 'image')}", decided)
    return white, decided


def of_alpha(channels, fit):
    """What is decided about images without headers: dict, as `Survey.decisions`.

    Args:
      channels: int of all images, as stored, or None.
      fit: `preprocessing.ImagePreprocessing`.
    """
    is_hidden = channels in (2, 4) and fit.channels != 4
    return {"alpha": f"on {_behind(fit)} (--background)"} if is_hidden else {}


def _count(counts, header, fit):
    counts["alpha"] += header.channels % 2 == 0 and fit.channels != 4
    counts["orientation"] += header.orientation != 1
    counts["animation"] += header.is_animated
    counts["depth"] += header.is_deep


def _white(largest):
    """Images of 16 bits without large numbers come from sensors of fewer bits."""
    most = max(largest)
    return next((2**bits - 1 for bits in _SENSORS if most < 2**bits), pixels.WHITE)


def _decided(counts, white, fit):
    phrases = {
        "alpha": f"with alpha, on {_behind(fit)} (--background)",
        "orientation": "turned the right way up, as EXIF says",
        "animation": "with several pictures, of which the first is taken",
        "depth": f"of 16 bits, with {white:,} as white",
    }
    return {key: f"{counts[key]:,} {what}" for key, what in phrases.items() if counts[key]}


def _behind(fit):
    return _NAMES.get(fit.background, ",".join(map(str, fit.background)))


def _say(name, whole, decided):
    if decided:
        _LOG.info("%s: of %s, %s.", name, whole, "; ".join(decided.values()))
