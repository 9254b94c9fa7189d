"""Flips, turns and moves: their distributions, and what a generator can learn through them."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.augmentations import blit

SEED, COUNT = tf.constant([5, 6]), 20_000
# Four standard deviations of a share of COUNT draws are at most 0.0142.
NEAR = 0.0142


def orientations(transform, p, shape=(2, 2)):
    """The shares of images in which the corner that was the first is at each of the four."""
    image = np.zeros((1, *shape, 1), np.float32)
    image[0, 0, 0, 0] = 1.0
    changed = np.array(transform(tf.repeat(tf.constant(image), COUNT, axis=0), SEED, p))[..., 0]
    corners = changed[:, [0, -1, -1, 0], [0, 0, -1, -1]]  # each a quarter turn after the last
    return corners.mean(axis=0)


@pytest.mark.parametrize("p", [0.4, 1.0])
def test_half_of_the_images_for_which_a_flip_is_on_are_mirrored(p):
    shares = orientations(blit.flip, p)
    np.testing.assert_allclose(shares, [1 - p / 2, 0, 0, p / 2], atol=NEAR)


@pytest.mark.parametrize("p", [0.4, 1.0])
def test_the_four_turns_are_equally_likely(p):
    shares = orientations(blit.turn, p)
    np.testing.assert_allclose(shares, [1 - 0.75 * p, p / 4, p / 4, p / 4], atol=NEAR)


def test_images_that_are_not_square_turn_by_halves():
    shares = orientations(blit.turn, 1.0, (2, 3))
    np.testing.assert_allclose(shares, [0.5, 0, 0.5, 0], atol=NEAR)


@pytest.mark.parametrize(("p", "least"), [(0.5, 0.5), (0.8, 0.2), (1.0, 0.0)])
def test_turns_do_not_leak_below_p_1(p, least):
    """The operator on distributions of orientations has the eigenvalues 1 and 1 - p.

    It is circulant, so its eigenvalues are the Fourier transform of the shares. Where none is 0,
    the distribution of the fakes before the turns follows from that after them.
    """
    eigenvalues = np.fft.fft(orientations(blit.turn, p))
    np.testing.assert_allclose(eigenvalues, [1.0, least, least, least], atol=2 * NEAR)


def test_moves_are_uniform_up_to_an_eighth_of_the_side_and_reflect():
    row = tf.repeat(tf.reshape(tf.range(16.0), (1, 1, 16, 1)), COUNT, axis=0)
    moved = np.array(blit.shift(row, SEED, 1.0))[:, 0, :, 0]
    by = 8.0 - moved[:, 8]  # to the right
    shares = [(by == move).mean() for move in (-2, -1, 0, 1, 2)]
    # U(-2, 2) rounded.
    np.testing.assert_allclose(shares, [0.125, 0.25, 0.25, 0.25, 0.125], atol=NEAR)
    to_the_right = moved[by == 2][0]
    np.testing.assert_array_equal(to_the_right, [2, 1, *range(14)])
