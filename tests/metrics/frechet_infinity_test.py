import numpy as np
import pytest

from tfgan import metrics


def features(count, seed):
    return np.random.default_rng(seed).standard_normal((count, 8))


def test_the_bias_of_the_count_is_taken_out():
    real, fake = features(50_000, 0), features(4000, 1)
    plain = metrics.frechet_distance(real, fake[:400])
    found = metrics.frechet_distance_infinity(real, fake, smallest=200)
    assert plain > 0.02  # true: 0
    assert abs(found.distance) < 0.2 * plain
    assert found.slope > 0.0


def test_the_line_goes_through_the_distances():
    found = metrics.frechet_distance_infinity(features(900, 0), features(900, 1) + 0.5, points=7)
    assert found.counts[0] == 450 and found.counts[-1] == 900 and len(found.counts) == 7
    slope, intercept = np.polyfit(1.0 / np.array(found.counts), found.distances, 1)
    assert found.distance == pytest.approx(intercept, rel=1e-8)
    assert found.slope == pytest.approx(slope, rel=1e-6)
    left = np.array(found.distances) - intercept - slope / np.array(found.counts)
    assert found.residual == pytest.approx(np.sqrt(np.mean(left**2)), rel=1e-6)
    full = metrics.frechet_distance(features(900, 0), features(900, 1) + 0.5)
    assert found.distances[-1] == pytest.approx(full, rel=1e-10)


def test_one_seed_is_one_result():
    sets = features(300, 0), features(300, 1)
    one, same = (metrics.frechet_distance_infinity(*sets, seed=4) for _ in range(2))
    assert one == same
    assert one != metrics.frechet_distance_infinity(*sets, seed=5)


@pytest.mark.parametrize(("count", "smallest"), [(9, None), (100, 8), (100, 95)])
def test_too_few_samples_are_refused(count, smallest):
    with pytest.raises(ValueError, match=f"{count} samples are too few"):
        metrics.frechet_distance_infinity(features(99, 0), features(count, 1), smallest=smallest)
