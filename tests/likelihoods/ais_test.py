import math

import numpy as np
import pytest

from tfgan.likelihoods import ais


def gaussian(deviation, chains, steps, seed=0):
    """AIS from N(0, 1) to exp(-x^2 / (2 deviation^2)): the precision is linear in b."""
    random = np.random.default_rng(seed)

    def precision(beta):
        return 1.0 - beta + beta / deviation**2

    return ais.anneal(
        lambda x, beta: -0.5 * precision(beta) * x**2,
        lambda x, beta: random.normal(size=len(x)) / math.sqrt(precision(beta)),
        random.normal(size=chains),
        np.linspace(0.0, 1.0, steps + 1),
        0.5 * math.log(2.0 * math.pi),
    )


def test_a_gaussians_constant_is_found_within_its_error():
    found = gaussian(deviation=0.2, chains=2000, steps=50)
    exact = math.log(0.2 * math.sqrt(2.0 * math.pi))
    assert found.standard_error < 0.02
    assert abs(found.log_z - exact) < 4.0 * found.standard_error


def test_the_standard_error_is_the_spread_of_repeated_runs():
    runs = [gaussian(0.3, chains=200, steps=20, seed=seed) for seed in range(200)]
    spread = np.std([run.log_z for run in runs])
    assert np.mean([run.standard_error for run in runs]) == pytest.approx(spread, rel=0.2)


def test_equal_weights_have_no_error_and_one_large_weight_is_one_chain():
    even = ais.of_weights(np.full(8, 3.0), log_z0=1.0)
    assert (even.log_z, even.standard_error, even.effective_chains) == (4.0, 0.0, 8.0)
    odd = ais.of_weights(np.array([100.0, 0.0, 0.0, 0.0]), log_z0=0.0)
    assert odd.log_z == pytest.approx(100.0 - math.log(4.0))
    assert odd.effective_chains == pytest.approx(1.0)


@pytest.mark.parametrize("betas", [[0.0, 0.5], [0.1, 1.0], [0.0, 0.6, 0.6, 1.0], [1.0]])
def test_temperatures_that_do_not_rise_from_0_to_1_are_refused(betas):
    with pytest.raises(ValueError, match="rise from 0 to 1"):
        ais.anneal(None, None, np.zeros(2), betas, 0.0)
