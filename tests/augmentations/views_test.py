import numpy as np
import pytest
import tensorflow as tf

from tfgan import augmentations

SEED = tf.constant([3, 4])
STILL = {"degrees": 0.0, "scale": 0.0, "shear": 0.0, "shift": 0.0}


def images(count=5, side=12):
    return tf.random.stateless_uniform((count, side, side, 2), [1, 2], -1.0, 1.0)


def blob(count=64, side=25):
    """A smooth blob around (x, y) = (16, 9), in every image."""
    y, x = np.mgrid[:side, :side]
    one = np.exp(-((x - 16.0) ** 2 + (y - 9.0) ** 2) / 8.0)
    return tf.constant(np.tile(one[None, :, :, None], (count, 1, 1, 1)), tf.float32)


def center(batch):
    """The mean place of the mass of each image: `[n, 2]`, (x, y)."""
    mass = np.array(batch)[..., 0]
    y, x = np.mgrid[: mass.shape[1], : mass.shape[2]]
    return np.stack([(mass * of).sum((1, 2)) / mass.sum((1, 2)) for of in (x, y)], axis=1)


def test_nothing_moves_without_a_range():
    np.testing.assert_array_equal(augmentations.random_affine(images(), SEED, **STILL), images())


def test_each_image_has_draws_of_its_own_and_a_seed_gives_the_same_again():
    same = tf.repeat(images(1), 3, axis=0)
    views = augmentations.random_affine(same, SEED)
    assert all(np.abs(views[i] - views[j]).max() > 0.1 for i, j in [(0, 1), (0, 2), (1, 2)])
    np.testing.assert_array_equal(augmentations.random_affine(same, SEED), views)


@pytest.mark.parametrize(("name", "size", "reach"), [("shift", 0.1, 2.5), ("scale", 0.3, 2.0)])
def test_the_blob_moves_as_far_as_the_range_says(name, size, reach):
    views = augmentations.random_affine(blob(), SEED, **STILL | {name: size})
    moves = center(views) - [16.0, 9.0]
    # At most 0.1 of 25 pixels, and (e^0.3 - 1) of the 4 pixels from the middle.
    assert 0.6 * reach < np.abs(moves).max() < reach


def test_a_rotation_keeps_the_distance_to_the_middle_and_has_the_angles_of_its_range():
    views = augmentations.random_affine(blob(), SEED, **STILL | {"degrees": 40.0})
    offset = center(views) - 12.0
    np.testing.assert_allclose(np.hypot(*offset.T), 5.0, atol=0.05)
    turned = np.degrees(np.arctan2(offset[:, 1], offset[:, 0])) - np.degrees(np.arctan2(-3, 4))
    assert -40.5 < turned.min() < -35 and 35 < turned.max() < 40.5


def test_a_shear_moves_rows_along_x_by_their_height():
    views = augmentations.random_affine(blob(), SEED, **STILL | {"shear": 0.5})
    moves = center(views) - [16.0, 9.0]
    np.testing.assert_allclose(moves[:, 1], 0.0, atol=0.05)
    assert 1.3 < np.abs(moves[:, 0]).max() < 1.55  # 0.5 of 3 rows above the middle


def test_the_gradient_is_that_of_finite_differences():
    x = images(2, 6)

    def energy(x):
        return tf.reduce_sum(tf.square(augmentations.random_affine(x, SEED)))

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = energy(x)
    gradient = tape.gradient(value, x)
    direction = images(2, 6)[::-1]
    step = 1e-2
    finite = (energy(x + step * direction) - energy(x - step * direction)) / (2 * step)
    np.testing.assert_allclose(tf.reduce_sum(gradient * direction), finite, rtol=1e-3)
