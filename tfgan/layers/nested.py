"""All layers of a network."""


def iterate_layers(layer):
    """A layer or a network and all layers inside of it: nested, wrapped and those of own classes.

    Args:
      layer: `keras.Layer`.
    Returns: list of `keras.Layer`, each once.
    """
    # Keras' own walk has no public name, and `layers` does not show the parts of own layers.
    return layer._flatten_layers()
