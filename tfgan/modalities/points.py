"""Points: coordinates, which networks see as they are and a plot shows."""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.modalities.base import Modality


@dataclasses.dataclass(frozen=True)
class Points(Modality):
    """Points: float32 `[n, d]`, never scaled: their plot and their distances are their meaning."""

    kind = "points"
    one = field = "point"
    dtype = "float32"
    axes = ("d",)
    is_own_feature = True
    endings = (".png", ".jpg", ".jpeg", ".npz")
    shown = 2500

    def to_float(self, data):
        return tf.convert_to_tensor(data, tf.float32)

    def to_raw(self, data):
        return data

    def rows(self, data):
        return np.asarray(data)

    def in_words(self, raw_shape):
        return f"points of {raw_shape[0]} dimension{'s' if raw_shape[0] > 1 else ''}"

    def note(self, shape):
        if shape[0] <= 2:
            return ""
        return f"Pictures of samples show the first two of their {shape[0]} coordinates."

    def picture(self, data, columns=None):
        """A plot of the first two coordinates; of one coordinate, a histogram.

        Its extent is the power of two that holds 99 % of the coordinates, so that the plots of one
        run can be compared.
        """
        del columns
        shown = np.asarray(data)[:, :2]
        reach = max(float(np.quantile(np.abs(shown), 0.99)), 1e-6)
        extent = 2.0 ** math.ceil(math.log2(reach))
        if shown.shape[1] == 1:
            return images.histogram(shown[:, 0], extent)
        return images.scatter(shown, extent)
