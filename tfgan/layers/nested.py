"""All layers of a network."""


def iterate_layers(layer):
    """A layer or a network and all layers in it: nested, wrapped and those of own classes.

    Args:
      layer: `keras.Layer`.
    Returns: list of `keras.Layer`, each once.
    """
    # Keras has no public function for it, and `layers` lacks the sublayers of own classes.
    return layer._flatten_layers()
