"""Optional packages, and how to install them.

>>> command("serve")
"pip install 'tfgan[serve]', or in a clone pip install -e '.[serve]'"
"""

import contextlib

TENSORFLOW = ("cpu", "gpu", "tpu")  # its builds; an environment has one of them


def command(extra):
    """The command that installs an extra of pyproject.toml: str."""
    return f"pip install 'tfgan[{extra}]', or in a clone pip install -e '.[{extra}]'"


def tensorflow_command():
    """The commands that install TensorFlow: str, one per build."""
    *others, last = (f"pip install 'tfgan[{build}]'" for build in TENSORFLOW)
    clone = ", ".join(f"'.[{build}]'" for build in TENSORFLOW)
    return f"{', '.join(others)} or {last}; in a clone pip install -e with one of {clone}"


@contextlib.contextmanager
def require(extra, subject):
    """Turns a failed import from an extra, which `subject` needs, into a ValueError."""
    try:
        yield
    except ImportError as error:
        sentence = f"{subject} needs the extra {extra} ({error}): {command(extra)}."
        raise ValueError(sentence) from error
