"""Phrases that several messages share, right for one thing and for many."""

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
