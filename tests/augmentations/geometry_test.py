"""The warp of ADA, by the places from which its pixels come."""

import numpy as np
import tensorflow as tf

from tfgan.augmentations.geometry import geometry

SIDE, COUNT, SEED = 65, 1000, tf.constant([1, 9])


def jacobians(p):
    """How the place of origin changes with the place, about the middle: `[n, 2, 2]`, and offsets.

    Pixels hold their own coordinates, which bilinear interpolation leaves exact.
    """
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32) - SIDE // 2
    places = tf.repeat(tf.constant(np.stack([x, y], axis=-1))[None], COUNT, axis=0)
    origin = np.array(geometry(places, SEED, p))
    middle = SIDE // 2
    across = (origin[:, middle, middle + 2] - origin[:, middle, middle - 2]) / 4
    along = (origin[:, middle + 2, middle] - origin[:, middle - 2, middle]) / 4
    inside = np.abs(origin[:, middle, middle]).max(axis=1) < SIDE // 2 - 4  # not reflected
    return np.stack([across, along], axis=-1)[inside], origin[:, middle, middle]


def test_scale_stretch_and_angles_have_the_deviations_of_the_paper():
    changes, offsets = jacobians(1.0)
    assert len(changes) > 0.9 * COUNT
    # det = scale^-2, whose binary logarithm is N(0, 0.4^2).
    scales = np.log2(np.abs(np.linalg.det(changes)))
    assert abs(scales.mean()) < 4 * 0.4 / len(scales) ** 0.5
    np.testing.assert_allclose(scales.std(), 0.4, rtol=0.1)
    # The ratio of the singular values is 4^|N(0, .2)|.
    singular = np.linalg.svd(changes, compute_uv=False)
    stretch = np.log2(singular[:, 0] / singular[:, 1]) / 2
    np.testing.assert_allclose(np.sqrt(np.mean(stretch**2)), 0.2, rtol=0.1)
    # Moves of 0.125 sides, turned and scaled: the median distance is 1.1774 deviations, and scales
    # change it by less than a tenth.
    distance = np.median(np.hypot(*offsets.T)) / SIDE
    np.testing.assert_allclose(distance, 1.1774 * 0.125, rtol=0.15)


def test_each_part_is_on_with_its_probability():
    p = 0.3
    changes, offsets = jacobians(p)
    is_scaled = np.abs(np.abs(np.linalg.det(changes)) - 1.0) > 1e-4
    turned = np.abs(changes[:, 0, 1]) > 1e-4  # one or both of the rotations
    is_moved = np.abs(offsets).max(axis=1) > 1e-4
    # Four standard deviations of a share of 1,000 draws are 0.058.
    for share in (is_scaled.mean(), turned.mean(), is_moved.mean()):
        np.testing.assert_allclose(share, p, atol=0.065)


def test_images_that_are_not_square_turn_about_their_middle_without_distortion():
    y, x = np.mgrid[:9, :21].astype(np.float32)
    disk = np.exp(-((x - 10) ** 2 + (y - 4) ** 2) / 4.0)[None, :, :, None]
    turned = np.array(geometry(tf.repeat(tf.constant(disk), 200, axis=0), SEED, 1.0))
    sums = turned.sum(axis=(1, 2, 3)) / disk.sum()
    assert 0.5 < np.median(sums) < 2.0 and turned.shape == (200, 9, 21, 1)
