"""Heads of contrastive translation: features of single places, for a comparison of them.

>>> from tfgan.networks import patch_heads, residual
>>> generator = residual.generator((8, 8, 3), (8, 8, 3), width=2, blocks=1)
>>> heads = patch_heads.of_generator(generator, units=5)
>>> sorted(heads.output), heads.output["down_1"].shape
(['block_1', 'down_1', 'down_2', 'source_padded'], (None, None, 5))
"""

import keras

from tfgan.networks import residual


def of_generator(generator, *, units=256, names=None):
    """Two dense layers for each map of a generator's encoder, the same at all places.

    Args:
      generator: keras.Model of `residual.generator`.
      units: int, of each layer.
      names: as of `residual.encoder_features`.
    Returns: keras.Model, a dict of features float32 `[batch, places, channels]` by the name of the
      generator's layer -> a dict of `[batch, places, units]`.
    Raises: ValueError for other than 1 unit or more.
    Source: Park et al. 2020, https://arxiv.org/abs/2007.15651, appendix C.1.
    """
    if units < 1:
        raise ValueError(f"units must be 1 or more; received {units}.")
    maps = residual.encoder_features(generator, names).output
    inputs = {name: keras.Input((None, x.shape[-1]), name=name) for name, x in maps.items()}
    outputs = {name: _head(x, units) for name, x in inputs.items()}
    return keras.Model(inputs, outputs, name="heads")


def _head(x, units):
    normal = keras.initializers.RandomNormal(stddev=0.02)
    x = keras.layers.Dense(units, activation="relu", kernel_initializer=normal)(x)
    return keras.layers.Dense(units, kernel_initializer=normal.clone(), dtype="float32")(x)
