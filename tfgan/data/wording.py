"""Phrases that several messages share, right for one thing and for many."""

_NAMED = 3


def count(number, one, many=None):
    """ "1 file", "2,000 files".

    Args:
      number: int >= 0.
      one: str, the noun.
      many: str, its plural, by default with an s.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def are(number, one, many=None):
    """ "1 file is", "2,000 files are"; the arguments are those of `count`."""
    return f"{count(number, one, many)} {'is' if number == 1 else 'are'}"


def some(names):
    """The first three of some names: "a, b, c, ..."."""
    return ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
