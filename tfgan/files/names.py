"""Names of files and directories, as users and files give them."""

import os


def expand(path):
    """A path as a shell would read it: `~` and `$NAME` replaced; remote paths stay as they are.

    Args:
      path: str, such as "~/photos" or "$HOME/photos".
    Returns: str.
    """
    return path if "://" in path else os.path.expanduser(os.path.expandvars(path))


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
