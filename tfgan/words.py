"""Phrases that several messages share, right for one thing and for many."""

import difflib

_NAMED = 3


def counted(count, noun, nouns=None):
    """A number with what it counts: "1 image", "2,000 images", "0 classes".

    Args:
      count: int.
      noun: str, for one.
      nouns: str, for several; by default the noun with an s.
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def are(count, noun, nouns=None):
    """ "1 file is", "2,000 files are"; the arguments are those of `counted`."""
    return f"{counted(count, noun, nouns)} {'is' if count == 1 else 'are'}"


def some(names):
    """The first three of some names: "a, b, c, ..."."""
    return ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")


def unknown(argument, name, known, most=12):
    """Refuses a name in one sentence: "loss must be one of a, b; received 'x'. Did you mean 'b'?"

    Args:
      argument: str, what the name is given for, such as "loss" or "--metric".
      name: what was received.
      known: iterable of str, the names that are accepted.
      most: int, how many of them the sentence lists; of more it lists the most similar ones alone.
    Returns: ValueError, to be raised.
    """
    known = sorted(known)
    lower = {each.lower(): each for each in known}
    near = [lower[each] for each in difflib.get_close_matches(str(name).lower(), lower)]
    one_of = f"one of {', '.join(known)}" if len(known) <= most else f"one of {len(known)} names"
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return ValueError(f"{argument} must be {one_of}; received {name!r}.{hint}")


def slug(text):
    """A text as a part of a file name: every other character than letters, digits, ._- is a "-"."""
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")
