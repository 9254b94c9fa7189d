"""Scores of classifiers and of densities against torch-fidelity, SciPy and scikit-learn.

pip install torch==2.13.0 torchvision==0.28.0 scipy==1.17.1 scikit-learn==1.9.1
pip install --no-deps torch-fidelity==0.4.0
pip install pillow tqdm && pytest -m parity -n 0
"""

import numpy as np
import pytest

from tfgan import metrics

pytestmark = pytest.mark.parity


@pytest.mark.parametrize("splits", [1, 10])
@pytest.mark.parametrize("scale", [1.0, 300.0], ids=["usual", "certain"])
def test_the_inception_score_is_torch_fidelitys(others, splits, scale):
    """With 300, most probabilities are 0 in float64."""
    logits = scale * np.random.default_rng(0).standard_normal((1003, 50))
    mean, std = others.torch_fidelity_inception(logits, splits)
    found = metrics.inception_score(logits, splits=splits, seed=None)
    assert found.mean == pytest.approx(mean, rel=1e-12)
    assert found.std == pytest.approx(std, rel=1e-11, abs=1e-14)


@pytest.mark.parametrize("deviation", [0.1, 1.0])
@pytest.mark.parametrize("dimensions", [2, 16, 784])
@pytest.mark.parametrize("library", ["scipy_parzen", "sklearn_parzen"])
def test_parzen_densities_are_the_other_librarys(others, library, dimensions, deviation):
    draw = np.random.default_rng(0)
    samples, points = draw.random((300, dimensions)), draw.random((80, dimensions))
    found = metrics.parzen_log_density(samples, points, deviation)
    expected = getattr(others, library)(samples, points, deviation)
    np.testing.assert_allclose(found, expected, rtol=1e-11)


def test_the_parzen_kernel_is_the_one_that_scikit_learn_finds_best(others):
    draw = np.random.default_rng(0)
    samples, validation, test = (draw.random((count, 8)) for count in (400, 90, 120))
    deviations = np.logspace(-1.0, 0.0, 10)
    means = [others.sklearn_parzen(samples, validation, s).mean() for s in deviations]
    best = deviations[np.argmax(means)]
    values = others.sklearn_parzen(samples, test, best)
    found = metrics.parzen_log_likelihood(samples, validation, test)
    assert found.deviation == best
    assert found.log_likelihood == pytest.approx(values.mean(), rel=1e-11)
    assert found.standard_error == pytest.approx(values.std() / np.sqrt(120), rel=1e-11)


def test_the_reverse_divergence_of_modes_is_scipys_entropy(others):
    draw = np.random.default_rng(0)
    labels, wanted = draw.integers(0, 40, 900), draw.integers(0, 50, 5000)
    found = metrics.mode_coverage_of_labels(labels, 50, wanted)
    assert found.reverse_kl == pytest.approx(others.scipy_reverse_kl(labels, wanted, 50), rel=1e-12)


def test_slerp_of_unit_vectors_is_torch_fidelitys(others):
    starts, ends = np.random.default_rng(0).standard_normal((2, 200, 32))
    starts, ends = (z / np.linalg.norm(z, axis=1, keepdims=True) for z in (starts, ends))
    t = np.random.default_rng(1).random(200)
    expected = others.torch_fidelity_slerp(starts, ends, t)
    np.testing.assert_allclose(metrics.slerp(starts, ends, t), expected, atol=1e-14)
