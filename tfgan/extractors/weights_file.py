"""Reads a .weights.h5 file into a network, all of it or nothing."""

import warnings

from tfgan import files


def load(model, path, name):
    """Loads the weights of a whole network, called `name` in messages.

    Raises: ValueError for a file that cannot be read or lacks a weight, for which Keras only warns.
    """
    try:
        with files.open_binary(path, path) as file:
            files.check_hdf5(file, "it")
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            model.load_weights(path)
    except Exception as error:  # of any type: the file decides what Keras calls
        raise ValueError(
            f"{path} does not hold weights of {name} ({first_line(error)})."
        ) from error


def first_line(error):
    """The first line of an error's message, or its type: str without a final period."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")
