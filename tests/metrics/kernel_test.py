import numpy as np
import pytest

from tfgan import metrics


def features(count, seed=0, dimensions=5):
    return np.random.default_rng(seed).standard_normal((count, dimensions))


def loops(real, fake):
    """The unbiased estimator, pair by pair."""

    def k(x, y):
        return (float(x @ y) / len(x) + 1.0) ** 3

    def within(rows):
        pairs = [(i, j) for i in range(len(rows)) for j in range(len(rows)) if i != j]
        return np.mean([k(rows[i], rows[j]) for i, j in pairs])

    across = np.mean([k(x, y) for x in real for y in fake])
    return within(real) + within(fake) - 2.0 * across


def test_all_pairs_are_the_double_loop():
    real, fake = features(20), features(13, 1) + 0.3
    assert metrics.kernel_distance_full(real, fake) == pytest.approx(loops(real, fake), rel=1e-12)


def test_more_rows_than_a_block_are_one_sum(monkeypatch):
    from tfgan.metrics import kernel

    real, fake = features(20), features(13, 1)
    before = metrics.kernel_distance_full(real, fake)
    monkeypatch.setattr(kernel, "_ROWS", 4)
    assert metrics.kernel_distance_full(real, fake) == pytest.approx(before, rel=1e-12)


def test_given_subsets_are_averaged():
    real, fake = features(30), features(30, 1) + 0.2
    rows = [([0, 3, 5, 9], [1, 2, 8, 9]), ([4, 5, 6, 7], [20, 21, 3, 4])]
    values = [loops(real[ours], fake[others]) for ours, others in rows]
    found = metrics.kernel_distance_of_subsets(real, fake, rows)
    assert found.distance == pytest.approx(np.mean(values), rel=1e-12)
    assert found.std == pytest.approx(np.std(values), rel=1e-12)
    assert found.standard_error == pytest.approx(np.std(values, ddof=1) / np.sqrt(2), rel=1e-12)


def test_blocks_are_disjoint_and_hold_every_row():
    real, fake = features(23), features(20, 1) + 0.2
    found = metrics.kernel_distance_blocks(real, fake, block_size=8)
    values = [
        loops(a, b) for a, b in zip(*(np.array_split(s, 3) for s in (real, fake)), strict=True)
    ]
    assert found.distance == pytest.approx(np.mean(values), rel=1e-12)
    assert found.standard_error == pytest.approx(np.std(values, ddof=1) / np.sqrt(3), rel=1e-12)


def test_it_is_unbiased():
    values = [
        metrics.kernel_distance_full(features(40, seed), features(40, 1000 + seed))
        for seed in range(200)
    ]
    assert abs(np.mean(values)) < 3.0 * np.std(values) / np.sqrt(len(values))
    assert min(values) < 0.0 < max(values)


def test_a_set_compared_with_itself_is_below_zero():
    real = features(50)
    assert metrics.kernel_distance_full(real, real) < -0.01


def test_farther_sets_have_a_larger_distance():
    real = features(200)
    near, far = (
        metrics.kernel_distance(real, features(200, 1) + shift, subset_size=100).distance
        for shift in (0.1, 1.0)
    )
    assert 0.0 < near < far


def test_one_seed_is_one_result():
    sets = features(60), features(60, 1)
    one, same, other = (
        metrics.kernel_distance(*sets, subsets=5, subset_size=20, seed=seed) for seed in (3, 3, 4)
    )
    assert one == same != other


@pytest.mark.parametrize("size", [1, 14])
def test_a_subset_that_does_not_fit_is_refused(size):
    with pytest.raises(ValueError, match=f"subset_size must be 2 to 13.*received {size}"):
        metrics.kernel_distance(features(20), features(13, 1), subset_size=size)


def test_blocks_that_are_too_small_are_refused():
    with pytest.raises(ValueError, match="need at least 2 rows per block"):
        metrics.kernel_distance_blocks(features(100), features(13), block_size=10)
