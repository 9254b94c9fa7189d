"""Numbers in sentences."""


def counted(count, noun, nouns=None):
    """A number with what it counts: "1 image", "2,000 images", "0 classes".

    Args:
      count: int.
      noun: str, for one.
      nouns: str, for several; by default the noun with an s.
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"
