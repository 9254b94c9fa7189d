"""All layers of a network."""

import keras


def walk(layer):
    """A layer or a network and all layers inside of it, nested and wrapped ones too.

    Args:
      layer: `keras.Layer`.
    Yields: `keras.Layer`; one that is used twice comes twice.
    """
    yield layer
    wrapped = [layer.layer] if isinstance(layer, keras.layers.Wrapper) else []
    for inner in [*getattr(layer, "layers", []), *wrapped]:
        yield from walk(inner)
