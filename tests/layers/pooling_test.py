"""Global sum pooling."""

import numpy as np

from tfgan import layers


def test_places_are_summed_and_channels_kept():
    x = np.arange(24.0).reshape(2, 2, 3, 2)
    np.testing.assert_allclose(layers.GlobalSumPooling2D()(x), x.sum(axis=(1, 2)))
