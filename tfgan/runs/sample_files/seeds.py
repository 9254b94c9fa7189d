"""`--seed`: one seed, or several as 1-5,8."""

import re

_PART = re.compile(r"(-?\d+)(?:-(\d+))?")
_LIMIT = 2**63  # what the random numbers are made of has 64 bits


def parse(text):
    """The seeds that a text names.

    Args:
      text: str, whole numbers and ranges with commas between them: "3", "1-5,8". A range holds both
        of its ends.
    Returns: list of range, in the order of the text; they may be long.
    Raises: ValueError for another text, ranges that descend, and numbers of more than 64 bits.
    """
    ranges = [_parsed(part.strip(), text) for part in text.split(",")]
    in_order = sorted(ranges, key=lambda seeds: seeds.start)
    for one, next_one in zip(in_order, in_order[1:], strict=False):
        if next_one.start < one.stop:
            raise ValueError(f"--seed must name each seed once; received {text!r}.")
    return ranges


def count(seeds):
    """How many seeds a list of ranges holds; `len` knows fewer."""
    return sum(one.stop - one.start for one in seeds)


def _parsed(part, text):
    found = _PART.fullmatch(part)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
    if first > last or not -_LIMIT <= first <= last < _LIMIT:
        raise ValueError(
            "--seed must be whole numbers of up to 64 bits and ascending ranges of them, as 3 or "
            f"1-5,8; received {text!r}."
        )
    return range(first, last + 1)
