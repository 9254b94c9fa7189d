import numpy as np
import pytest

from tfgan import metrics
from tfgan.metrics import FrechetReference, Moments


def features(count, dimensions=24, condition=1e3, seed=0, rank=None):
    """Rows whose covariance has the condition number asked for, or a rank."""
    draw = np.random.default_rng(seed)
    rotation = np.linalg.qr(draw.standard_normal((dimensions, dimensions)))[0]
    scales = np.logspace(0, -np.log10(condition) / 2, dimensions)
    scales[rank:] = 0.0 if rank else scales[rank:]
    return draw.standard_normal((count, dimensions)) * scales @ rotation + draw.standard_normal(
        dimensions
    )


def exact(real, fake):
    """The trace as singular values of the centered rows themselves: no covariance is squared."""
    x, y = real - real.mean(0), fake - fake.mean(0)
    n, m = len(x) - 1, len(y) - 1
    trace = np.linalg.svd(x @ y.T, compute_uv=False).sum() / np.sqrt(n * m)
    traces = np.sum(x**2) / n + np.sum(y**2) / m
    return np.sum((real.mean(0) - fake.mean(0)) ** 2) + traces - 2.0 * trace, traces


def test_commuting_gaussians_have_the_closed_form():
    draw = np.random.default_rng(0)
    rotation = np.linalg.qr(draw.standard_normal((30, 30)))[0]
    one, other = draw.uniform(0.1, 5.0, (2, 30))
    means = draw.standard_normal((2, 30))
    sides = [
        Moments.from_statistics(mean, rotation * values @ rotation.T)
        for mean, values in zip(means, (one, other), strict=True)
    ]
    expected = np.sum((means[0] - means[1]) ** 2) + np.sum((np.sqrt(one) - np.sqrt(other)) ** 2)
    assert metrics.frechet_distance_from_moments(*sides) == pytest.approx(expected, rel=1e-10)


def test_a_shift_adds_its_square():
    real = features(500)
    shift = np.random.default_rng(5).standard_normal(24)
    assert metrics.frechet_distance(real, real + shift) == pytest.approx(shift @ shift, rel=1e-10)


def test_scaling_has_the_closed_form():
    real = features(500)
    expected = 0.3**2 * (np.trace(np.cov(real, rowvar=False)) + np.sum(real.mean(0) ** 2))
    assert metrics.frechet_distance(real, 1.3 * real) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("condition", [1e1, 1e3, 1e6])
def test_full_rank_is_scipys_matrix_square_root(condition):
    linalg = pytest.importorskip("scipy.linalg")
    real, fake = features(400, condition=condition), features(300, condition=condition, seed=1)
    one, other = np.cov(real, rowvar=False), np.cov(fake, rowvar=False)
    root = linalg.sqrtm(one @ other)
    expected = np.sum((real.mean(0) - fake.mean(0)) ** 2) + np.trace(one + other - 2.0 * root.real)
    assert metrics.frechet_distance(real, fake) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("condition", [1e3, 1e8, 1e13])
def test_full_rank_is_the_exact_form(condition):
    real, fake = features(400, condition=condition), features(300, condition=condition, seed=1)
    assert metrics.frechet_distance(real, fake) == pytest.approx(exact(real, fake)[0], rel=1e-10)


@pytest.mark.parametrize(
    ("real", "fake"),
    [
        (features(10), features(400, seed=1)),
        (features(10), features(12, seed=1)),
        (features(400), features(2, seed=1)),
        (features(400), features(300, rank=4, seed=1)),
        (features(400, rank=4), features(300, rank=4, seed=1)),
        (features(400), np.repeat(features(1, seed=1), 300, axis=0)),
    ],
    ids=["few real", "few", "two fakes", "collapsed", "rank 4", "one point"],
)
def test_rank_deficient_sets_are_the_exact_form(real, fake):
    expected, traces = exact(real, fake)
    found = metrics.frechet_distance(real, fake)
    assert isinstance(found, float)
    assert found == pytest.approx(expected, abs=1e-8 * traces)
    assert metrics.frechet_distance(fake, real) == pytest.approx(expected, abs=1e-8 * traces)
    from_moments = metrics.frechet_distance_from_moments(Moments.of(real), Moments.of(fake))
    assert from_moments == pytest.approx(expected, abs=1e-8 * traces)


@pytest.mark.parametrize("count", [10, 24, 25, 400])
@pytest.mark.parametrize("rank", [None, 4])
def test_identical_sets_are_at_distance_zero(count, rank):
    real = features(count, rank=rank)
    traces = 2.0 * np.trace(np.cov(real, rowvar=False))
    assert 0.0 <= metrics.frechet_distance(real, real.copy()) <= 1e-8 * traces


def test_a_rotation_of_both_changes_nothing():
    rotation = np.linalg.qr(np.random.default_rng(3).standard_normal((24, 24)))[0]
    real, fake = features(400), features(300, seed=1)
    before = metrics.frechet_distance(real, fake)
    assert metrics.frechet_distance(real @ rotation, fake @ rotation) == pytest.approx(
        before, rel=1e-10
    )


def test_the_fast_way_and_the_singular_values_agree(monkeypatch):
    real, fake = features(400), features(300, seed=1)
    fast = metrics.frechet_distance(real, fake)
    called = []
    monkeypatch.setattr(FrechetReference, "_fast_trace", lambda self, _: called.append(1))
    assert metrics.frechet_distance(real, fake) == pytest.approx(fast, rel=1e-11)
    assert called


def test_the_fast_way_is_left_where_it_would_lose_digits():
    reference = FrechetReference(Moments.of(features(400, condition=1e14)))
    assert reference._fast_trace(Moments.of(features(300, condition=1e14)).covariance) is None
    usual = FrechetReference(Moments.of(features(400)))
    assert usual._fast_trace(Moments.of(features(300)).covariance) is not None


def test_many_dimensions_are_the_exact_form():
    real, fake = features(800, dimensions=600), features(700, dimensions=600, seed=1)
    assert FrechetReference(Moments.of(real))._fast_trace(Moments.of(fake).covariance) is not None
    assert metrics.frechet_distance(real, fake) == pytest.approx(exact(real, fake)[0], rel=1e-10)


def test_features_and_their_moments_are_at_one_distance():
    reference = FrechetReference(Moments.of(features(400)))
    fake = features(300, seed=1)
    assert reference.distance(fake) == reference.distance(Moments.of(fake))


def test_what_is_added_to_a_reference_later_plays_no_part():
    moments, fake = Moments.of(features(400)), Moments.of(features(300, seed=1))
    reference = FrechetReference(moments)
    moments.update(features(50, seed=2))
    expected = metrics.frechet_distance(features(400), features(300, seed=1))
    assert reference.distance(fake) == pytest.approx(expected, rel=1e-12)


def test_one_reference_serves_many_distances():
    reference = FrechetReference(Moments.of(features(400)))
    for seed in (1, 2):
        fake = features(300, seed=seed)
        expected = metrics.frechet_distance(features(400), fake)
        assert reference.distance(Moments.of(fake)) == pytest.approx(expected, rel=1e-12)


def test_streaming_shards_and_permutations_agree():
    real, fake = features(400), features(300, seed=1)
    expected = metrics.frechet_distance(real, fake)
    parts = [Moments.of(part) for part in np.split(fake, [1, 120])]
    for part in parts[1:]:
        parts[0].merge(part)
    streamed = metrics.frechet_distance_from_moments(Moments.of(real[::-1]), parts[0])
    assert streamed == pytest.approx(expected, rel=1e-10)


def test_float32_features_lose_no_more_than_their_own_rounding():
    real, fake = (rows.astype(np.float32) for rows in (features(400), features(300, seed=1)))
    expected = metrics.frechet_distance(real.astype(np.float64), fake.astype(np.float64))
    assert metrics.frechet_distance(real, fake) == pytest.approx(expected, rel=1e-12)


def test_the_parts_are_their_formulas():
    real, fake = features(400), features(300, seed=1)
    shift = np.sum((real.mean(0) - fake.mean(0)) ** 2)
    assert metrics.frechet_distance_mean_only(real, fake) == pytest.approx(shift, rel=1e-12)
    deviations = real.std(0, ddof=1) - fake.std(0, ddof=1)
    expected = shift + np.sum(deviations**2)
    assert metrics.frechet_distance_diagonal(real, fake) == pytest.approx(expected, rel=1e-12)


def test_the_diagonal_distance_divides_by_one_less_than_the_count_where_tf_gan_divides_by_it():
    real, fake = np.array([[0.0], [2.0]]), np.array([[0.0], [4.0]])  # s^2 = 2 and 8; 1 and 4 by n
    assert metrics.frechet_distance_diagonal(real, fake) == pytest.approx(1.0 + 2.0, rel=1e-12)
    of_tf_gan = (1.0 - 2.0) ** 2 + (real.std() - fake.std()) ** 2
    assert of_tf_gan == pytest.approx(1.0 + 1.0, rel=1e-12)


def test_the_diagonal_distance_of_one_feature_is_the_full_one():
    real, fake = features(40, dimensions=1), features(30, seed=1, dimensions=1)
    expected = metrics.frechet_distance(real, fake)
    assert metrics.frechet_distance_diagonal(real, fake) == pytest.approx(expected, rel=1e-12)


def test_too_few_examples_are_refused():
    with pytest.raises(ValueError, match="fake holds 1 examples; this metric needs at least 2"):
        metrics.frechet_distance(features(10), features(1))


def test_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="one dimension; received 24 and 23"):
        metrics.frechet_distance(features(10), features(10, dimensions=23))
    with pytest.raises(ValueError, match="one dimension; received 24 and 23"):
        one, other = Moments.of(features(10)), Moments.of(features(10, dimensions=23))
        metrics.frechet_distance_from_moments(one, other)
