"""What to install where a package is missing that only some uses need."""

import contextlib

TENSORFLOW = ("cpu", "gpu", "tpu")  # the builds, of which an environment has one


def command(extra):
    """How to install an extra: str, for an installed tfgan and for a clone.

    Args:
      extra: str, one that pyproject.toml offers, such as "serve".
    """
    return f"pip install 'tfgan[{extra}]', or in a clone pip install -e '.[{extra}]'"


def tensorflow_command():
    """How to install TensorFlow: str, a command for each of its builds."""
    *others, last = (f"pip install 'tfgan[{build}]'" for build in TENSORFLOW)
    clone = ", ".join(f"'.[{build}]'" for build in TENSORFLOW)
    return f"{', '.join(others)} or {last}; in a clone pip install -e with one of {clone}"


@contextlib.contextmanager
def needed(extra, subject):
    """Turns a package that cannot be imported into one sentence.

    Args:
      extra: str, that brings the package.
      subject: str, what needs it, as the beginning of the sentence.
    Raises: ValueError.
    """
    try:
        yield
    except ImportError as error:
        raise ValueError(
            f"{subject} needs the extra {extra} ({error}): {command(extra)}."
        ) from error
