import numpy as np
import pytest

from tfgan.likelihoods import iwae


def test_the_bound_is_the_log_of_the_mean_weight():
    weights = np.array([[1.0, 8.0], [3.0, 8.0]])
    np.testing.assert_allclose(iwae.importance_weighted(np.log(weights)), np.log([2.0, 8.0]))


def test_weights_far_out_of_a_floats_range_are_averaged():
    found = iwae.importance_weighted([[-5000.0, -np.inf], [-5000.0, -np.inf]])
    np.testing.assert_array_equal(found, [-5000.0, -np.inf])


def test_on_average_the_bound_rises_with_the_latents_to_the_log_likelihood():
    # log w ~ N(-s^2 / 2, s^2): E w = 1, so log p = 0 and the ELBO is -s^2 / 2.
    log_weights = np.random.default_rng(0).normal(-0.5, 1.0, (512, 4000))
    means = [iwae.importance_weighted(log_weights[:k]).mean() for k in (1, 4, 32, 512)]
    assert means[0] == pytest.approx(-0.5, abs=0.05)  # 3 standard errors
    assert means == sorted(means)
    # The delta method: L_k = -var(w) / (2 k) + ..., var(w) = e - 1.
    assert means[3] == pytest.approx(-(np.e - 1.0) / 1024, abs=0.003)


@pytest.mark.parametrize("log_weights", [np.zeros(3), np.zeros((0, 3))])
def test_weights_of_another_shape_are_refused(log_weights):
    with pytest.raises(ValueError, match=r"must be \[k, n\]"):
        iwae.importance_weighted(log_weights)
