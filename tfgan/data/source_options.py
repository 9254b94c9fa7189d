"""What a user decides about a file where its content does not: `arrays:FILE.npz#layout=chw`."""

import re

import tensorflow as tf

_FORM = re.compile(r"[^=,/*?]+|([a-z]+=[^=,]+)(,[a-z]+=[^=,]+)*")


def split(name, location, known):
    """A location without the choices that stand behind its last "#".

    Args:
      name: str, how messages call the source.
      location: str, `PATH`, `PATH#VALUE` (the first choice) or `PATH#NAME=VALUE,NAME=VALUE`. The
        whole is the path if there is such a file.
      known: dict of the choices' names -> what their values look like.
    Returns: (str, the path; dict of name -> value).
    Raises: ValueError for a choice that is not known.
    """
    path, sign, text = location.rpartition("#")
    if not sign or not _FORM.fullmatch(text) or tf.io.gfile.exists(location):
        return location, {}
    if "=" not in text:
        return path, {next(iter(known)): text}
    chosen = dict(part.split("=") for part in text.split(","))
    for choice in chosen:
        if choice not in known:
            listed = ", ".join(f"{each}={value}" for each, value in known.items())
            raise ValueError(f"{name}: what follows # must be of {listed}; received {choice}.")
    return path, chosen
