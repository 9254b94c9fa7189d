"""Pictures, pixel by pixel."""

import numpy as np

from tfgan import modalities
from tfgan.runs.latent_tools import pictures
from tfgan.runs.latent_tools.projection import Match, Projection
from tfgan.runs.latent_tools.sums import Sum
from tfgan.runs.latent_tools.walks import Walk

KIND = modalities.Images()


def gray(*values, side=60):
    return np.uint8(values)[:, None, None, None] * np.ones((1, side, side, 1), np.uint8)


def test_small_pictures_are_enlarged_by_a_whole_factor():
    small = np.arange(6, dtype=np.uint8).reshape(1, 2, 3, 1)
    large = pictures.enlarged(small, 8)
    assert large.shape == (1, 4, 6, 1)
    np.testing.assert_array_equal(large[:, ::2, ::2], small)
    assert pictures.enlarged(gray(1), 56).shape == (1, 60, 60, 1)


def test_a_walk_is_a_grid_with_one_row_per_path():
    data = gray(10, 20, 30, 40, 50, 60).reshape(2, 3, 60, 60, 1)
    picture = pictures.of_walk(Walk(data, {}, {}), KIND)
    assert picture.shape == (2 * 62 + 2, 3 * 62 + 2, 1)
    assert picture[30::62, 30::62, 0].tolist() == [[10, 20, 30], [40, 50, 60]]


def test_a_sum_has_columns_means_signs_and_a_result():
    members = [gray(10, 11), gray(20), gray(30, 31)]
    result = Sum([1, -1, 1], members, gray(100, 110, 120), gray(200), {})
    picture = pictures.of_sum(result, KIND)[..., 0]
    columns = [2 + 30 + 90 * at for at in range(4)]
    rows = [2 + 30, 2 + 62 + 30, 2 + 2 * 62 + 15 + 30]
    centers = picture[np.ix_(rows, columns)]
    # The single member stands above its mean.
    assert centers.tolist() == [
        [10, 255, 30, 255], [11, 20, 31, 255], [100, 110, 120, 200],
    ]  # fmt: skip
    minus, plus, equals = (
        picture[rows[2] - 12 : rows[2] + 12, c + 31 : c + 59] for c in columns[:3]
    )
    black = [np.count_nonzero(sign == 0) for sign in (minus, plus, equals)]
    assert 0 < black[0] < black[1] <= 2 * black[0] == black[2]
    assert (minus.any(axis=1) & (minus == 0).any(axis=1)).sum() == 2  # rows of the stroke
    assert not (equals[11:13] == 0).any() and (plus[11:13] == 0).any()


def test_a_projection_stands_between_the_nearest_sample_and_what_differs():
    [target], [nearest], [data] = gray(100), gray(50), gray(130)
    matches = Match(data, {}, 0.1, 1.0), Match(nearest, {}, 0.2, 2.0)
    picture = pictures.of_projection(Projection(target, *matches, 0, "optimize", "pixels"))
    assert picture.shape == (62 + 2, 4 * 62 + 2, 1)
    assert picture[30, 30::62, 0].tolist() == [100, 50, 130, 30]
    transparent = np.zeros((60, 60, 4), np.uint8)
    match = Match(transparent, {}, 0.1, 1.0)
    picture = pictures.of_projection(Projection(transparent, match, match, 0, "optimize", "pixels"))
    assert picture[30, 2 + 3 * 62].tolist() == [0, 0, 0, 255]


def test_colors_and_transparency_are_kept():
    color = np.zeros((2, 60, 60, 4), np.uint8) + np.uint8([1, 2, 3, 128])
    picture = pictures.of_sum(Sum([1, 1], [color, color], color, color[:1], {}), KIND)
    assert picture[10, 10].tolist() == [1, 2, 3, 128]
    black = picture[(picture[..., :3] == 0).all(axis=-1)]
    assert len(black) and set(black[:, 3]) == {255}  # signs are opaque
