"""Gaussians against SciPy, and against what is known of special cases."""

import numpy as np
import pytest
from scipy import linalg, stats

from tfgan import divergences as dv
from tfgan import metrics


def random_gaussian(seed, dimensions=3):
    draw = np.random.default_rng(seed)
    factor = draw.normal(size=(dimensions, dimensions))
    return dv.Gaussian(draw.normal(size=dimensions), factor @ factor.T + 0.1 * np.eye(dimensions))


def test_log_densities_are_those_of_scipy():
    gaussian = random_gaussian(0)
    points = np.random.default_rng(1).normal(size=(20, 3))
    expected = stats.multivariate_normal(gaussian.mean, gaussian.covariance).logpdf(points)
    np.testing.assert_allclose(gaussian.log_density(points), expected, rtol=1e-10)
    line = dv.Gaussian(1.0, 4.0).log_density([0.0, 3.0])
    np.testing.assert_allclose(line, stats.norm(1.0, 2.0).logpdf([0.0, 3.0]), rtol=1e-13)


def test_maximum_likelihood_worked_by_hand_divides_by_n():
    fitted = dv.Gaussian.fit([1.0, 2.0, 6.0])
    assert fitted.mean == pytest.approx(3.0)
    assert fitted.covariance == pytest.approx(14 / 3)  # (4 + 1 + 9) / 3


def test_no_other_gaussian_has_a_larger_likelihood():
    samples = random_gaussian(2).sample(50, seed=3)
    fitted = dv.Gaussian.fit(samples)
    best = fitted.log_density(samples).mean()
    for index in range(3):
        for step in (-0.05, 0.05):
            moved = dv.Gaussian(fitted.mean + step * np.eye(3)[index], fitted.covariance)
            assert moved.log_density(samples).mean() < best
            scaled = dv.Gaussian(fitted.mean, fitted.covariance * (1 + step))
            assert scaled.log_density(samples).mean() < best


def test_a_fit_of_gaussian_data_recovers_them():
    true = random_gaussian(4)
    errors = [dv.Gaussian.fit(true.sample(n, 5)).kullback_leibler(true) for n in (100, 10_000)]
    assert errors[1] < 0.002 < errors[0]


def test_samples_are_a_function_of_the_seed_and_of_the_right_moments():
    gaussian = random_gaussian(6)
    samples = gaussian.sample(200_000, seed=7)
    np.testing.assert_array_equal(gaussian.sample(200_000, seed=7), samples)
    deviation = np.sqrt(np.diag(gaussian.covariance))
    assert (np.abs(samples.mean(axis=0) - gaussian.mean) < 0.01 * deviation).all()
    np.testing.assert_allclose(np.cov(samples.T), gaussian.covariance, atol=0.05)


def test_kl_of_gaussians_in_one_dimension_worked_by_hand():
    # log(2/1) + (1 + 9) / (2 * 4) - 1/2
    found = dv.Gaussian(0.0, 1.0).kullback_leibler(dv.Gaussian(3.0, 4.0))
    assert found == pytest.approx(np.log(2) + 10 / 8 - 0.5, rel=1e-14)


def test_kl_of_gaussians_agrees_with_a_mean_over_samples():
    p, q = random_gaussian(8), random_gaussian(9)
    x = p.sample(200_000, seed=10)
    found = dv.estimate_kullback_leibler(p.log_density(x), q.log_density(x))
    assert abs(found.value - p.kullback_leibler(q)) < 4 * found.standard_error


def test_w2_in_one_dimension_is_the_distance_of_means_and_deviations():
    assert dv.Gaussian(1.0, 4.0).wasserstein2(dv.Gaussian(4.0, 36.0)) == pytest.approx(5.0)


def test_w2_agrees_with_scipys_square_root_and_with_the_frechet_distance():
    p, q = random_gaussian(11, 5), random_gaussian(12, 5)
    root = linalg.sqrtm(p.covariance @ q.covariance).real
    squared = np.sum((p.mean - q.mean) ** 2) + np.trace(p.covariance + q.covariance - 2 * root)
    assert p.wasserstein2(q) ** 2 == pytest.approx(squared, rel=1e-9)
    x, y = p.sample(50, 13), q.sample(60, 14)
    # The metric's covariances divide by N - 1.
    fits = [dv.Gaussian(s.mean(axis=0), np.cov(s.T)) for s in (x, y)]
    expected = metrics.frechet_distance(x, y)
    assert fits[0].wasserstein2(fits[1]) ** 2 == pytest.approx(expected, rel=1e-9)


def test_w2_to_itself_is_0_and_is_symmetric():
    p, q = random_gaussian(15), random_gaussian(16)
    assert p.wasserstein2(p) == pytest.approx(0.0, abs=1e-6)
    assert p.wasserstein2(q) == pytest.approx(q.wasserstein2(p), rel=1e-10)


def test_the_product_of_densities_underflows_and_the_sum_of_logarithms_does_not():
    gaussian = dv.Gaussian(0.0, 1.0)
    logs = gaussian.log_density(gaussian.sample(1000, seed=17))
    assert np.prod(np.exp(logs)) == 0.0
    assert np.isfinite(logs.sum())


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: dv.Gaussian(0.0, 0.0), "positive definite"),
        (lambda: dv.Gaussian(0.0, -1.0), "positive definite"),
        (lambda: dv.Gaussian([0.0, 0.0], [[1.0, 0.5], [0.4, 1.0]]), "symmetric"),
        (lambda: dv.Gaussian([0.0, 0.0], 1.0), r"received shapes \(2,\) and \(\)"),
        (lambda: dv.Gaussian.fit([[1.0, 2.0], [3.0, 4.0]]), "2 samples do not span their 2"),
        (lambda: dv.Gaussian(0.0, 1.0).wasserstein2(random_gaussian(0)), "received 1 and 3"),
    ],
)
def test_bad_arguments_are_refused(use, sentence):
    with pytest.raises(ValueError, match=sentence):
        use()
