"""All layers of a network."""


def iterate_layers(layer):
    """A layer and all layers in it, nested, wrapped and of own classes: list, each once."""
    # Keras has no public function for it, and `layers` lacks the sublayers of own classes.
    return layer._flatten_layers()
