"""`--seed`: one seed, or several as 1-5,8.

>>> parse("3,7-9")
[range(3, 4), range(7, 10)]
"""

import itertools
import re

_PART = re.compile(r"(-?\d+)(?:-(\d+))?")
_LIMIT = 2**63  # seeds have 64 bits


def parse(text, flag="--seed"):
    """The seeds in a string of whole numbers and inclusive ranges: list of range, in its order.

    Args:
      text: str.
      flag: str, what messages call it.
    Raises: ValueError for another string, descending ranges, and numbers of more than 64 bits.
    """
    ranges = [_parse_part(part.strip(), text, flag) for part in text.split(",")]
    for first, second in itertools.pairwise(sorted(ranges, key=lambda seeds: seeds.start)):
        if second.start < first.stop:
            raise ValueError(f"{flag} must name each seed once; received {text!r}.")
    return ranges


def count(seeds):
    """The number of seeds in a list of ranges: int; it may exceed what `len` can return."""
    return sum(one.stop - one.start for one in seeds)


def numbers(text, flag, most=1000):
    """The seeds in a string as a list of int, see `parse`.

    Raises: ValueError for more than `most` of them, and as `parse`.
    """
    ranges = parse(text, flag)
    if count(ranges) > most:
        raise ValueError(
            f"{flag} must name {most:,} seeds at most; received {text!r}, which names "
            f"{count(ranges):,}."
        )
    return list(itertools.chain(*ranges))


def _parse_part(part, text, flag):
    match = _PART.fullmatch(part)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, -1)
    if first > last or not -_LIMIT <= first <= last < _LIMIT:
        raise ValueError(
            f"{flag} must be whole numbers of up to 64 bits and ascending ranges, such as 3 or "
            f"1-5,8; received {text!r}."
        )
    return range(first, last + 1)
