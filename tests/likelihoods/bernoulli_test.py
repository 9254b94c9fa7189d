"""The Bernoulli log-likelihood, by its definition."""

import numpy as np
import pytest

from tfgan.likelihoods import bernoulli

RANDOM = np.random.default_rng(0)
LOGITS = RANDOM.normal(size=(5, 3, 4, 1), scale=3.0)
X = RANDOM.integers(0, 2, LOGITS.shape).astype(np.float64)


@pytest.mark.parametrize("log_prob", [bernoulli.log_prob, bernoulli.softplus_log_prob])
def test_it_is_the_sum_of_the_logarithms_of_the_probabilities(log_prob):
    p = 1.0 / (1.0 + np.exp(-LOGITS))
    expected = np.log(np.where(X == 1.0, p, 1.0 - p)).sum(axis=(1, 2, 3))
    np.testing.assert_allclose(log_prob(X, LOGITS), expected, rtol=1e-12)


@pytest.mark.parametrize("log_prob", [bernoulli.log_prob, bernoulli.softplus_log_prob])
def test_it_is_finite_for_logits_of_any_size(log_prob):
    x, logits = np.array([[1.0, 0.0]]), np.array([[-1e4, 0.0]])
    np.testing.assert_allclose(log_prob(x, logits), [-1e4 - np.log(2.0)])
