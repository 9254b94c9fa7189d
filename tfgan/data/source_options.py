"""What a user chooses about a file where its content is ambiguous: `arrays:FILE.npz#layout=chw`."""

import re

import tensorflow as tf

_FORM = re.compile(r"[^=,/*?]+|([a-z]+=[^=,]+)(,[a-z]+=[^=,]+)*")


def split(name, location, known):
    """A location without the choices that stand behind its last "#".

    >>> split("it", "a.npz#layout=chw,range=0..1", {"layout": "hwc|chw", "range": "LOW..HIGH"})
    ('a.npz', {'layout': 'chw', 'range': '0..1'})

    Args:
      name: str, how messages call the source.
      location: str, `PATH`, `PATH#VALUE` (the first choice) or `PATH#NAME=VALUE,NAME=VALUE`. All of
        it is the path if there is such a file.
      known: dict of the choices' names -> the form of their values.
    Returns: (str, the path; dict of name -> value).
    Raises: ValueError for an unknown choice.
    """
    path, sign, text = location.rpartition("#")
    if not sign or not _FORM.fullmatch(text) or tf.io.gfile.exists(location):
        return location, {}
    if "=" not in text:
        return path, {next(iter(known)): text}
    choices = dict(part.split("=") for part in text.split(","))
    for choice in choices:
        if choice not in known:
            forms = ", ".join(f"{each}={value}" for each, value in known.items())
            raise ValueError(f"{name}: what follows # must be of {forms}; received {choice}.")
    return path, choices
