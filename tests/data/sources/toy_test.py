import numpy as np
import pytest

from tfgan.data import source_names
from tfgan.data.sources import toy


def test_the_ring_has_eight_centers_at_equal_angles():
    ring = toy.mixture("ring")
    assert ring.centers.shape == (8, 2)
    np.testing.assert_allclose(np.hypot(*ring.centers.T), 2 / 1.414, rtol=1e-6)
    angles = np.sort(np.arctan2(ring.centers[:, 1], ring.centers[:, 0]))
    np.testing.assert_allclose(np.diff(angles), np.pi / 4, rtol=1e-5)
    assert ring.std == pytest.approx(0.02 / 1.414)


def test_the_grid_has_25_centers_two_apart():
    grid = toy.mixture("grid")
    corners = {tuple(np.round(center * 2.828).astype(int)) for center in grid.centers}
    assert corners == {(x, y) for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4)}
    assert grid.std == pytest.approx(0.05 / 2.828)


@pytest.mark.parametrize("name", ["ring", "grid"])
def test_labels_are_components(name):
    source, mixture = toy.open_toy(name), toy.mixture(name)
    assert source.count == 100_000 and source.spec.classes == len(mixture.centers)
    noise = source.data - mixture.centers[source.label]
    np.testing.assert_allclose(noise.std(axis=0), mixture.std, rtol=0.02)
    shares = np.bincount(source.label) / source.count
    np.testing.assert_allclose(shares, 1 / len(mixture.centers), atol=0.005)


def test_the_swiss_roll_is_a_spiral():
    source = toy.open_toy("swiss_roll")
    assert source.label is None and source.spec.shape == (2,)
    # On (t cos t, t sin t) the radius is t, and t - angle is a multiple of 2 pi.
    x, y = 7.5 * source.data.T.astype(np.float64)
    radius = np.hypot(x, y)
    turns = (radius - np.arctan2(y, x)) / (2 * np.pi)
    assert np.abs(turns - np.round(turns)).mean() < 0.06
    assert np.quantile(radius, 0.001) > 1.5 * np.pi - 1
    assert np.quantile(radius, 0.999) < 4.5 * np.pi + 1


@pytest.mark.parametrize("name", source_names.TOY_KINDS)
def test_every_opening_draws_the_same_points(name):
    assert toy.open_toy(name).fingerprint == toy.open_toy(name).fingerprint


def test_another_name_is_refused():
    with pytest.raises(ValueError, match=r"textures; received 'rink'. Did you mean 'ring'\?"):
        toy.open_toy("rink")
    with pytest.raises(ValueError, match="mixture must be one of grid, ring; received"):
        toy.mixture("swiss_roll")
