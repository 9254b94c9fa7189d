"""What the headers of a set's images say, before any of them is decoded.

So images of several sizes, and those that need more memory than there is, are refused at once, and
what is decided about pixels is known, said in one line, and recorded (`Source.decided`).
"""

import collections
import dataclasses
import logging

from tfgan import words
from tfgan.data import decoding, pixels, store

_LOG = logging.getLogger(__name__)

_SENSORS = (10, 12, 14)  # bits of images that are kept in 16
_NAMES = {decoding.WHITE: "white", decoding.BLACK: "black"}


@dataclasses.dataclass(frozen=True)
class Survey:
    """What is known about the images of a set.

    Attributes:
      shape: (height, width, channels) of the fitted images; None if none can be decoded.
      white: int, the number that is white in images of 16 bits.
      broken: dict of name -> why it cannot be decoded, as a clause.
      decided: dict of str for a run's record, see `rules`; empty if no pixels are changed.
    """

    shape: tuple | None
    white: int
    broken: dict
    decided: dict


def of(files, fit, limits):
    """The survey of the images of a folder or zip file.

    Args:
      files: `image_folder.Files`.
      fit: `decoding.Fit`.
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
            raise ValueError(store.different(files.name, first, shape, name, own))
        counts["alpha"] += header.channels % 2 == 0 and fit.channels != 4
        counts["orientation"] += header.orientation != 1
        counts["animation"] += header.is_animated
        if header.is_deep:
            deep.append(row)
    white = _white(max(files.picked(deep).largest(fit, limits), default=0)) if deep else None
    decided = _decided(counts, len(deep), white, fit)
    if decided:
        what = "; ".join(f"{key}: {value}" for key, value in decided.items())
        _LOG.info("%s: of %s, %s.", files.name, words.counted(len(files.names), "image"), what)
    return Survey(shape, white or pixels.WHITE, broken, decided)


def _white(largest):
    """Images of 16 bits without large numbers come from sensors of fewer bits."""
    return next((2**bits - 1 for bits in _SENSORS if largest < 2**bits), pixels.WHITE)


def _decided(counts, deep, white, fit):
    behind = _NAMES.get(fit.background, ",".join(map(str, fit.background)))
    phrases = {
        "alpha": f"with alpha, on {behind} (--background)",
        "orientation": "turned the right way up, as EXIF says",
        "animation": "with several pictures, of which the first is taken",
    }
    decided = {key: f"{counts[key]:,} {what}" for key, what in phrases.items() if counts[key]}
    if deep:
        decided["depth"] = f"{deep:,} of 16 bits, with {white:,} as white"
    return decided
