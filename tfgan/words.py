"""Phrases that several messages share.

>>> counted(2000, "image"), are(1, "class", "classes"), some(["a", "b", "c", "d"])
('2,000 images', '1 class is', 'a, b, c, ...')
>>> str(unknown("loss", "hing", ["hinge", "wasserstein"]))
"loss must be one of hinge, wasserstein; received 'hing'. Did you mean 'hinge'?"
"""

import difflib

_LISTED = 3


def counted(count, noun, plural=None):
    """A number and a noun: "2,000 images"; by default the plural is the noun with an s."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def are(count, noun, plural=None):
    """`counted` with the verb: "1 file is", "2,000 files are"."""
    return f"{counted(count, noun, plural)} {'is' if count == 1 else 'are'}"


def some(names):
    """The first three names: "a, b, c, ..."."""
    return ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")


def unknown(argument, name, known, most=12):
    """The error for an unknown name, with the most similar known ones.

    Args:
      argument: str, what the name is the value of, such as "loss" or "--metric".
      known: iterable of str, the names that are accepted.
      most: int, how many known names the message lists; if there are more, it gives their number.
    Returns: ValueError, to be raised.
    """
    known = sorted(known)
    lower = {each.lower(): each for each in known}
    near = [lower[each] for each in difflib.get_close_matches(str(name).lower(), lower)]
    one_of = f"one of {', '.join(known)}" if len(known) <= most else f"one of {len(known)} names"
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return ValueError(f"{argument} must be {one_of}; received {name!r}.{hint}")


def slug(text):
    """A text as part of a file name: characters other than letters, digits and ._- become "-"."""
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")
