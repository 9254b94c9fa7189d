import numpy as np
import pytest

from tfgan import metrics


def features(count, seed=0, dimensions=4):
    return np.random.default_rng(seed).standard_normal((count, dimensions))


def test_authenticity_is_the_double_loop():
    train, fake = features(30), features(25, 1)
    authentic = []
    for row in fake:
        nearest = int(np.argmin([np.linalg.norm(row - t) for t in train]))
        own = min(np.linalg.norm(train[nearest] - t) for i, t in enumerate(train) if i != nearest)
        authentic.append(own < np.linalg.norm(row - train[nearest]))
    assert metrics.authenticity(train, fake) == np.mean(authentic)


def test_copies_are_not_authentic_and_new_data_are_about_half():
    train = features(1000)
    assert metrics.authenticity(train, train[:200]) == 0.0
    assert metrics.authenticity(train, train[:200] + 1e-6) == 0.0
    assert 0.4 < metrics.authenticity(train, features(1000, 1)) < 0.7


@pytest.mark.parametrize("ties", [False, True])
def test_the_mann_whitney_number_is_scipys(ties):
    stats = pytest.importorskip("scipy.stats")
    draw = np.random.default_rng(0)
    one, other = draw.standard_normal(40), draw.standard_normal(33) + 0.3
    if ties:
        one, other = one.round(), other.round()
    found = metrics.mann_whitney_z(one, other)
    # SciPy gives the p-value of the same number, here without its continuity correction.
    expected = stats.mannwhitneyu(
        one, other, alternative="less", method="asymptotic", use_continuity=False
    ).pvalue
    assert stats.norm.cdf(found) == pytest.approx(expected, rel=1e-10)


def test_equal_numbers_are_no_difference():
    assert metrics.mann_whitney_z(np.ones(5), np.ones(7)) == 0.0


def test_the_copying_score_tells_copies_new_data_and_noise_apart():
    train, held_out = features(600), features(300, 1)
    copies = metrics.copying_score(train, held_out, train[:300] + 1e-3)
    new = metrics.copying_score(train, held_out, features(300, 2))
    noise = metrics.copying_score(train, held_out, 3.0 * features(300, 3))
    assert copies.z < -5.0
    assert abs(new.z) < 3.0
    assert noise.z > 5.0


def test_one_cell_is_the_plain_statistic():
    train, held_out, fake = features(60), features(40, 1), features(30, 2)
    found = metrics.copying_score(train, held_out, fake, cells=1)
    nearest = [metrics.nearest_neighbors(rows, train)[1][:, 0] for rows in (fake, held_out)]
    assert found.z == metrics.mann_whitney_z(*nearest)
    assert found.shares == (1.0,)


def test_cells_are_weighted_by_the_held_out_examples():
    groups = [features(50, seed) + 100.0 * seed for seed in range(2)]
    train = np.concatenate(groups)
    held_out = np.concatenate([features(30, 5), features(10, 6) + 100.0])
    fake = np.concatenate([features(20, 7), features(20, 8) + 100.0])
    found = metrics.copying_score(train, held_out, fake, cells=2)
    assert sorted(found.shares) == [0.25, 0.75]
    assert found.z == pytest.approx(np.dot(found.cells, found.shares), rel=1e-12)


def test_a_cell_without_samples_is_left_out():
    train = np.concatenate([features(50), features(50, 1) + 100.0])
    held_out = np.concatenate([features(20, 2), features(20, 3) + 100.0])
    found = metrics.copying_score(train, held_out, features(30, 4), cells=2)
    assert np.isnan(found.cells).sum() == 1
    assert found.z == np.nanmax(found.cells)


def test_one_seed_is_one_partition():
    sets = features(200), features(100, 1), features(100, 2)
    assert metrics.copying_score(*sets, seed=3) == metrics.copying_score(*sets, seed=3)


def test_sets_of_another_dimension_are_refused():
    with pytest.raises(ValueError, match="one dimension"):
        metrics.copying_score(features(9), features(9, dimensions=5), features(9))
