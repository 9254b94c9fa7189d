"""Vectors of places: sines and cosines by hand, and what a layer adds."""

import keras
import numpy as np

from tfgan import layers
from tfgan.layers.place_embedding import waves


def test_a_place_has_sine_and_cosine_of_its_row_and_its_column():
    """Of two wavelengths: 2 pi, and that times 100, the root of 10,000."""
    values = waves(3, 5, 8)[2 * 5 + 4]
    angles = 2.0, 4.0, 0.02, 0.04  # row and column, at both
    expected = [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
    np.testing.assert_allclose(values, expected, rtol=1e-6)


def test_places_of_a_grid_differ_in_any_size():
    for size in (2, 4, 5, 48):
        values = waves(3, 5, size)
        assert values.shape == (15, size)
        assert len(np.unique(values, axis=0)) == 15 or size == 2  # of rows alone


def test_the_vectors_are_added_and_learned():
    layer = layers.PlaceEmbedding((2, 3))
    values = layer(np.ones((4, 6, 8), "float32"))
    np.testing.assert_allclose(values, np.tile(1.0 + waves(2, 3, 8), (4, 1, 1)), rtol=1e-6)
    assert [v.shape for v in layer.trainable_variables] == [(6, 8)]


def test_without_a_grid_they_are_small_at_first():
    keras.utils.set_random_seed(0)
    values = layers.PlaceEmbedding()(np.zeros((1, 50, 40), "float32"))
    assert abs(np.std(values) - 0.02) < 0.002


def test_a_layer_of_its_configuration_has_the_grid():
    layer = layers.PlaceEmbedding((2, 3))
    assert layers.PlaceEmbedding.from_config(layer.get_config()).grid == (2, 3)
