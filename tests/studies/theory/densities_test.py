"""Densities integrate to 1, and a histogram estimates them."""

import numpy as np
import pytest

from tfgan.studies.theory import densities


def test_a_grid_integrates_a_normal_density_to_1():
    grid = densities.Grid(-10.0, 12.0, 1101)
    assert grid.cell == pytest.approx(0.02)
    assert np.sum(grid.normal(1.0, 0.7)) * grid.cell == pytest.approx(1.0, abs=1e-12)
    assert densities.log_normal(np.array([1.0]), 1.0, 2.0) == pytest.approx(
        -np.log(2.0 * np.sqrt(2.0 * np.pi))
    )


def test_a_histogram_is_a_density():
    middles, heights = densities.histogram(np.array([0.1, 0.2, 1.5, 9.0]), 0.0, 2.0, 2)
    np.testing.assert_allclose(middles, [0.5, 1.5])
    np.testing.assert_allclose(heights, [2 / 4, 1 / 4])
