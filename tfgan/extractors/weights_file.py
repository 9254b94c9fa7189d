"""Reads a .weights.h5 file into a network, all of it or nothing."""

import warnings


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
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            model.load_weights(path)
    except (ValueError, OSError, KeyError, UserWarning) as error:
        first = str(error).strip().splitlines()[0]
        raise ValueError(f"{path} does not hold weights of {name} ({first})") from error
