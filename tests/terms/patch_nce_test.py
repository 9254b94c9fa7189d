"""PatchNCE by hand, its value at chance, and where its gradient goes."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import rng
from tfgan.terms import patch_nce


def normal(*shape, seed=0):
    return tf.constant(np.random.default_rng(seed).normal(size=shape), tf.float32)


def test_at_chance_the_loss_is_the_logarithm_of_the_places():
    keys = normal(3, 256, 8)
    losses = patch_nce.patch_nce(tf.ones((3, 256, 8)), tf.ones_like(keys))
    np.testing.assert_allclose(losses, np.full(3, np.log(256.0)), rtol=1e-6)


def test_the_loss_is_the_cross_entropy_of_the_own_place():
    q, k = normal(2, 5, 3), normal(2, 5, 3, seed=1)
    expected = []
    for a, b in zip(np.float64(q), np.float64(k), strict=True):
        a, b = (x / np.linalg.norm(x, axis=1, keepdims=True) for x in (a, b))
        share = np.exp(a @ b.T / 0.2)
        expected.append(-np.log(np.diag(share) / share.sum(axis=1)).mean())
    np.testing.assert_allclose(patch_nce.patch_nce(q, k, temperature=0.2), expected, rtol=1e-5)


def test_only_queries_get_a_gradient():
    q, k = normal(2, 5, 3), normal(2, 5, 3, seed=1)
    with tf.GradientTape() as tape:
        tape.watch([q, k])
        loss = patch_nce.patch_nce(q, k)
    of_queries, of_keys = tape.gradient(loss, [q, k])
    assert of_keys is None and np.abs(of_queries).max() > 0


@pytest.mark.parametrize(("count", "size"), [(6, 20), (20, 6)])
def test_places_differ_from_each_other_and_between_seeds(count, size):
    drawn = [np.array(patch_nce.places(rng.stream(0, n, "places"), count, size)) for n in (0, 0, 1)]
    assert len(set(drawn[0])) == len(drawn[0]) == min(count, size)
    assert set(drawn[0]) <= set(range(size))
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert (drawn[0] != drawn[2]).any()


def test_places_are_numbered_row_by_row():
    features = tf.reshape(tf.range(24.0), (1, 3, 4, 2))
    picked = patch_nce.at_places(features, tf.constant([0, 5]))
    np.testing.assert_array_equal(picked, [[[0.0, 1.0], [10.0, 11.0]]])
