"""Learned vectors of the places of a sequence.

>>> import numpy as np
>>> from tfgan import layers
>>> layers.PlaceEmbedding()(np.ones((2, 9, 4))).shape
TensorShape([2, 9, 4])
"""

import keras
import numpy as np
from keras import ops

_LONGEST = 10_000.0  # wavelength, in places, over 2 pi


@keras.saving.register_keras_serializable(package="tfgan")
class PlaceEmbedding(keras.layers.Layer):
    """Adds a learned vector per place: `[batch, n, d]` -> the same shape.

    Args:
      grid: (rows, columns) of the n places, whose vectors are at first sines and cosines of row and
        column, of wavelengths from 2 pi places; None: N(0, 0.02) at first.
    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929, Eq. 1; sines and cosines,
      Peebles & Xie 2023, https://arxiv.org/abs/2212.09748, section 3.2.
    """

    def __init__(self, grid=None, **kwargs):
        super().__init__(**kwargs)
        self.grid = None if grid is None else tuple(grid)

    def build(self, input_shape):
        if self.grid is None:
            initializer = keras.initializers.RandomNormal(stddev=0.02)
        else:
            initializer = keras.initializers.Constant(waves(*self.grid, input_shape[-1]))
        shape = tuple(input_shape[1:])
        self.embeddings = self.add_weight(name="embeddings", shape=shape, initializer=initializer)

    def call(self, inputs):
        return inputs + ops.cast(self.embeddings, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "grid": self.grid}


def waves(rows, columns, size):
    """Sines and cosines of row and column, in turn: float32 NumPy `[rows * columns, size]`."""
    kinds = 4  # sine and cosine of each
    frequencies = _LONGEST ** -(np.arange(-(-size // kinds)) * kinds / size)
    places = [each.reshape(-1, 1) * frequencies for each in np.mgrid[:rows, :columns]]
    waves = [wave(angles) for angles in places for wave in (np.sin, np.cos)]
    return np.stack(waves, axis=-1).reshape(rows * columns, -1)[:, :size].astype("float32")
