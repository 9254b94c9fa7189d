"""What the headers of a dataset's images declare, before any of them is decoded.

Images of several sizes or too large are refused at once; decisions are logged and recorded.
"""

import collections
import dataclasses
import logging

from tfgan import words
from tfgan.data import source_names
from tfgan.data.decoding import cache, image_header, pixels

_LOG = logging.getLogger(__name__)

_SENSOR_BITS = (10, 12, 14)  # of images that are stored in 16 bits
_COLORS = {color: name for name, color in source_names.BACKGROUNDS.items()}


@dataclasses.dataclass(frozen=True)
class Survey:
    """What is known about the images of a dataset.

    Attributes:
      shape: (height, width, channels) of the preprocessed images; None if none can be decoded.
      white: int, the number that is white in images of 16 bits, see `pixels.decode`.
      broken: dict of name -> why it cannot be decoded, as a clause.
      decisions: dict of str, see `reading_rules`; empty if no pixels are changed.
    """

    shape: tuple | None
    white: int
    broken: dict
    decisions: dict


def of(files, preprocess, limits):
    """The `Survey` of an `image_set.ImageSet`.

    Raises: ValueError for images of several sizes, and files that cannot be read.
    """
    shape, first, broken, deep = None, None, {}, []
    counts = collections.Counter()
    for row, (name, result) in enumerate(files.headers(preprocess, limits)):
        header = result.header
        if header is None:
            broken[name] = result.reason
            continue
        own = preprocess.shape(header.height, header.width, header.channels)
        if shape is None:
            shape, first = own, name
        elif own != shape:
            raise ValueError(cache.different(files.name, first, shape, name, own))
        counts.update(_properties(header, preprocess))
        if header.is_deep:
            deep.append(row)
    white = _white(files.select(deep).largest(preprocess, limits))
    decisions = _decisions(counts, white, preprocess)
    _log(files.name, words.counted(len(files.names), "image"), decisions)
    return Survey(shape, white, broken, decisions)


def of_contents(name, contents, preprocess):
    """(`Survey.white`, `Survey.decisions`) of the first image files, bytes; broken ones ignored."""
    counts, largest = collections.Counter(), []
    for content in contents:
        try:
            header = image_header.read(content)
            largest += [pixels.largest(content, header)] if header.is_deep else []
        except ValueError:
            continue
        counts.update(_properties(header, preprocess))
    white = _white(largest)
    decisions = _decisions(counts, white, preprocess)
    _log(name, f"the first {words.counted(len(contents), 'image')}", decisions)
    return white, decisions


def of_alpha(channels, preprocess):
    """The decision about images without headers, with `channels` or None: `Survey.decisions`."""
    is_hidden = channels in (2, 4) and preprocess.channels != 4
    return {"alpha": f"on {_background(preprocess)} (--background)"} if is_hidden else {}


def _properties(header, preprocess):
    return {
        "alpha": header.channels % 2 == 0 and preprocess.channels != 4,
        "orientation": header.orientation != 1,
        "animation": header.is_animated,
        "depth": header.is_deep,
    }


def _white(largest):
    """Images of 16 bits without large numbers come from sensors of fewer bits."""
    most = max(largest, default=pixels.WHITE)
    return next((2**bits - 1 for bits in _SENSOR_BITS if most < 2**bits), pixels.WHITE)


def _decisions(counts, white, preprocess):
    phrases = {
        "alpha": f"with alpha, on {_background(preprocess)} (--background)",
        "orientation": "turned the right way up, as EXIF says",
        "animation": "with several pictures, of which the first is taken",
        "depth": f"of 16 bits, with {white:,} as white",
    }
    return {key: f"{counts[key]:,} {phrase}" for key, phrase in phrases.items() if counts[key]}


def _background(preprocess):
    color = preprocess.background
    return _COLORS.get(color, ",".join(map(str, color)))


def _log(name, whole, decisions):
    if decisions:
        _LOG.info("%s: of %s, %s.", name, whole, "; ".join(decisions.values()))
