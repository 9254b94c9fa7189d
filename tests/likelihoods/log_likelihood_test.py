import math

import numpy as np
import pytest

from tfgan.likelihoods import LogLikelihood


def test_the_mean_and_its_error_are_those_of_the_examples():
    found = LogLikelihood([-1.0, -3.0], "exact")
    assert found.mean == -2.0
    assert found.standard_error == pytest.approx(1.0)  # deviation sqrt(2) over sqrt(2)


def test_a_shared_error_adds_to_that_of_the_examples():
    assert LogLikelihood([-1.0, -3.0], "estimate", 0.75).standard_error == pytest.approx(1.25)
    assert math.isnan(LogLikelihood([-1.0], "exact").standard_error)


def test_fair_coins_cost_one_bit_a_dimension():
    nats = np.full(5, 784 * math.log(0.5))
    assert LogLikelihood(nats, "exact").bits_per_dimension(784) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "nats, kind", [([-1.0], "upper bound"), ([[-1.0]], "exact"), ([], "exact")]
)
def test_unknown_kinds_and_wrong_shapes_are_refused(nats, kind):
    with pytest.raises(ValueError, match="must"):
        LogLikelihood(nats, kind)
