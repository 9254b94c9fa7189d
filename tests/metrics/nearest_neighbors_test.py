import importlib

import numpy as np
import pytest

from tfgan.metrics import nearest_neighbors

# The package has the function of this name.
module = importlib.import_module("tfgan.metrics.nearest_neighbors")


def features(count, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions))


def table(queries, references):
    return np.array([[np.linalg.norm(x - y) for y in references] for x in queries])


def test_neighbors_are_those_of_the_double_loop():
    queries, references = features(17), features(23, 1)
    rows, distances = nearest_neighbors(queries, references, k=5)
    expected = table(queries, references)
    np.testing.assert_array_equal(rows, np.argsort(expected, axis=1)[:, :5])
    np.testing.assert_allclose(distances, np.sort(expected, axis=1)[:, :5], rtol=1e-12)


def test_small_blocks_change_nothing(monkeypatch):
    queries, references = features(17), features(23, 1)
    before = nearest_neighbors(queries, references, k=3)
    monkeypatch.setattr(module, "_BLOCK_BYTES", 8 * 23 * 4)
    for one, other in zip(before, nearest_neighbors(queries, references, k=3), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e6])
def test_equal_rows_are_at_distance_exactly_zero(offset):
    references = features(30) + offset
    rows, distances = nearest_neighbors(references[[4, 9]], references)
    np.testing.assert_array_equal(rows[:, 0], [4, 9])
    np.testing.assert_array_equal(distances, 0.0)


def test_a_tiny_distance_far_from_the_origin_keeps_its_digits():
    references = features(30) + 1e5
    queries = references[:1] + 1e-4
    expected = np.linalg.norm(queries[0] - references[0])
    assert nearest_neighbors(queries, references)[1][0, 0] == pytest.approx(expected, rel=1e-10)


def test_of_equally_near_ones_the_lower_row_comes_first():
    references = np.array([[2.0], [1.0], [-1.0], [1.0]])
    rows, distances = nearest_neighbors(np.zeros((1, 1)), references, k=4)
    assert rows.tolist() == [[1, 2, 3, 0]]
    assert distances.tolist() == [[1.0, 1.0, 1.0, 2.0]]


def test_a_row_is_no_neighbor_of_its_own_but_its_double_is():
    rows = np.array([[0.0], [1.0], [1.0], [5.0]])
    nearest, distances = module.nearest_others(rows)
    assert nearest[:, 0].tolist() == [1, 2, 1, 1]
    assert distances[:, 0].tolist() == [1.0, 0.0, 0.0, 4.0]
    assert module.neighbor_distances(rows, k=2).tolist() == [1.0, 1.0, 1.0, 4.0]


def test_float32_is_measured_in_float64():
    queries, references = (features(9, seed).astype(np.float32) for seed in (0, 1))
    expected = table(queries.astype(np.float64), references.astype(np.float64)).min(axis=1)
    found = nearest_neighbors(queries, references)[1][:, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("k", [0, 6])
def test_a_k_out_of_range_is_refused(k):
    with pytest.raises(ValueError, match=f"k must be 1 to 5.*received {k}"):
        nearest_neighbors(features(3), features(5), k=k)
