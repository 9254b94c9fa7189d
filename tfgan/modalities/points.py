"""Points: unscaled coordinates."""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.modalities.base import Modality


@dataclasses.dataclass(frozen=True)
class Points(Modality):
    """Points: float32 `[n, d]`, never scaled, so that plots and distances keep their units."""

    kind = "points"
    singular = output_name = "point"
    dtype = "float32"
    axes = ("d",)
    is_own_feature = True
    suffixes = (".png", ".jpg", ".jpeg", ".npz")
    preview_count = 2500

    def to_float(self, data):
        return tf.convert_to_tensor(data, tf.float32)

    def to_raw(self, data):
        return data

    def as_vectors(self, data):
        return np.asarray(data)

    def describe(self, raw_shape):
        return f"points of {raw_shape[0]} dimension{'s' if raw_shape[0] > 1 else ''}"

    def preview_note(self, shape):
        if shape[0] <= 2:
            return ""
        return f"Pictures of samples show the first two of their {shape[0]} coordinates."

    def picture(self, data, columns=None):
        """A plot of the first two coordinates, or a histogram of one, to a power of two."""
        shown = np.asarray(data)[:, :2]
        reach = max(float(np.quantile(np.abs(shown), 0.99)), 1e-6)
        extent = 2.0 ** math.ceil(math.log2(reach))  # so the plots of one run can be compared
        if shown.shape[1] == 1:
            return images.histogram(shown[:, 0], extent)
        return images.scatter(shown, extent)
