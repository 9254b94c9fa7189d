import numpy as np
import pytest

from tfgan import metrics


def features(count, seed=0, dimensions=3, scale=1.0):
    return scale * np.random.default_rng(seed).standard_normal((count, dimensions))


def radii(rows, k):
    return [np.sort([np.linalg.norm(x - y) for y in rows])[k] for x in rows]  # 0 is the row itself


def loops(real, fake, k):
    """Every definition, pair by pair."""
    ours, theirs = radii(real, k), radii(fake, k)
    distance = np.array([[np.linalg.norm(r - f) for f in fake] for r in real])
    precision = np.mean(
        [any(distance[i, j] <= ours[i] for i in range(len(real))) for j in range(len(fake))]
    )
    recall = np.mean(
        [any(distance[i, j] <= theirs[j] for j in range(len(fake))) for i in range(len(real))]
    )
    density = sum(distance[i, j] < ours[i] for i in range(len(real)) for j in range(len(fake)))
    coverage = np.mean([distance[i].min() < ours[i] for i in range(len(real))])
    return precision, recall, density / (k * len(fake)), coverage


@pytest.mark.parametrize("k", [1, 3, 5])
@pytest.mark.parametrize("counts", [(40, 40), (30, 17), (17, 30)])
def test_all_four_are_the_double_loop(k, counts):
    real, fake = features(counts[0]), features(counts[1], 1, scale=1.3)
    precision, recall, density, coverage = loops(real, fake, k)
    assert metrics.precision_recall(real, fake, k) == metrics.precision_recall(real, fake, k=k)
    found = metrics.precision_recall(real, fake, k)
    assert (found.precision, found.recall) == pytest.approx((precision, recall), abs=1e-12)
    found = metrics.density_coverage(real, fake, k)
    assert (found.density, found.coverage) == pytest.approx((density, coverage), abs=1e-12)


def test_a_collapsed_generator_is_precise_and_recalls_next_to_nothing():
    real = features(500, dimensions=8)
    fake = np.repeat(real[:1], 500, axis=0)
    found = metrics.precision_recall(real, fake)
    assert found.precision == 1.0
    assert found.recall == 1 / 500  # the one real example that is repeated
    covered = metrics.density_coverage(real, fake)
    assert covered.coverage < 0.05
    near = real[:1] + 1e-3 * features(500, 2, dimensions=8)
    found = metrics.precision_recall(real, near)
    assert found.precision > 0.99 and found.recall < 0.01


def test_noise_far_away_scores_nothing():
    real, fake = features(300), features(300, 1) + 50.0
    assert metrics.precision_recall(real, fake) == metrics.precision_recall(fake, real)
    assert metrics.precision_recall(real, fake).precision == 0.0
    found = metrics.density_coverage(real, fake)
    assert (found.density, found.coverage) == (0.0, 0.0)


def test_a_sampler_of_the_distribution_reaches_the_expected_coverage():
    shares = [
        metrics.density_coverage(features(200, seed), features(150, 100 + seed), k=3).coverage
        for seed in range(30)
    ]
    expected = metrics.density_coverage(features(200), features(150, 1), k=3).expected_coverage
    assert expected == pytest.approx(1 - (199 * 198 * 197) / (349 * 348 * 347), rel=1e-12)
    assert np.mean(shares) == pytest.approx(expected, abs=4 * np.std(shares) / np.sqrt(30))


def test_density_is_about_one_for_a_sampler_of_the_distribution():
    values = [
        metrics.density_coverage(features(200, seed), features(200, 100 + seed)).density
        for seed in range(20)
    ]
    assert np.mean(values) == pytest.approx(1.0, abs=0.05)


def test_the_order_of_rows_changes_nothing():
    real, fake = features(60), features(50, 1)
    order = np.random.default_rng(2).permutation
    shuffled = real[order(60)], fake[order(50)]
    assert metrics.precision_recall(real, fake) == metrics.precision_recall(*shuffled)
    assert metrics.density_coverage(real, fake) == metrics.density_coverage(*shuffled)


def test_too_few_examples_are_refused():
    with pytest.raises(ValueError, match="fake holds 3 examples; this metric needs at least 4"):
        metrics.precision_recall(features(10), features(3), k=3)
    with pytest.raises(ValueError, match="holds 5 examples; this metric needs at least 6"):
        metrics.density_coverage(features(5), features(9), k=5)
