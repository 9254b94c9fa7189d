"""Reads a .weights.h5 file into a network, all of it or nothing."""

import warnings

from tfgan import files


def load(model, path, name):
    """Loads the weights of a whole network.

    Args:
      model: `keras.Model`.
      path: str, the file.
      name: str, what messages call the network.
    Raises: ValueError for a file that cannot be read, or lacks a weight. Keras itself only warns of
      layers that the file does not know, and leaves them as they were.
    """
    try:
        with files.open_binary(path, path) as file:
            files.check_hdf5(file, "it")
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            model.load_weights(path)
    except Exception as error:  # anything: what is in the file decides what Keras calls
        first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise ValueError(f"{path} does not hold weights of {name} ({first}).") from error
