"""Names that files hold."""


def is_plain_name(name):
    """Whether a name that a file holds stays inside the directory that it is joined to.

    Args:
      name: anything; only a str without separators, and neither "", "." nor "..", is plain.
    """
    return (
        isinstance(name, str)
        and name not in ("", ".", "..")
        and not any(character in name for character in "/\\\0")
    )
