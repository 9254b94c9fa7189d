import numpy as np
import pytest

from tfgan import metrics


def rows(count, seed=0, dimensions=6):
    return np.random.default_rng(seed).random((count, dimensions))


def test_the_density_is_the_mean_of_normal_densities():
    special = pytest.importorskip("scipy.special")
    samples, points = rows(30), rows(7, 1)
    squares = np.array([[np.sum((x - s) ** 2) for s in samples] for x in points])
    exponents = -squares / (2 * 0.3**2)
    expected = special.logsumexp(exponents, axis=1) - np.log(30)
    expected -= 6 * np.log(0.3 * np.sqrt(2 * np.pi))
    found = metrics.parzen_log_density(samples, points, 0.3)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_one_sample_is_a_gaussian():
    stats = pytest.importorskip("scipy.stats")
    found = metrics.parzen_log_density(np.zeros((1, 3)), np.array([[0.1, -0.4, 2.0]]), 0.7)
    expected = stats.norm.logpdf([0.1, -0.4, 2.0], scale=0.7).sum()
    assert found[0] == pytest.approx(expected, rel=1e-12)


def test_far_points_do_not_underflow():
    found = metrics.parzen_log_density(np.zeros((5, 784)), np.full((1, 784), 30.0), 0.1)
    assert found[0] == pytest.approx(-784 * 900 / 0.02 - 784 * np.log(0.1 * np.sqrt(2 * np.pi)))


def test_the_kernel_is_the_best_on_the_validation_set():
    samples, validation, test = rows(200), rows(60, 1), rows(80, 2)
    deviations = np.logspace(-1, 0, 10)
    means = [metrics.parzen_log_density(samples, validation, s).mean() for s in deviations]
    found = metrics.parzen_log_likelihood(samples, validation, test)
    assert found.deviation == deviations[np.argmax(means)]
    values = metrics.parzen_log_density(samples, test, found.deviation)
    assert found.log_likelihood == pytest.approx(values.mean(), rel=1e-12)
    assert found.standard_error == pytest.approx(values.std() / np.sqrt(80), rel=1e-12)


def test_blocks_change_nothing(monkeypatch):
    from tfgan.metrics import parzen

    before = metrics.parzen_log_density(rows(30), rows(17, 1), 0.2)
    monkeypatch.setattr(parzen, "_BLOCK_BYTES", 8 * 30 * 4)
    np.testing.assert_allclose(metrics.parzen_log_density(rows(30), rows(17, 1), 0.2), before)


def test_a_deviation_of_zero_is_refused():
    with pytest.raises(ValueError, match="must be above 0; received 0"):
        metrics.parzen_log_density(rows(3), rows(3), 0)
