import itertools

import numpy as np
import pytest

from tfgan.likelihoods import boltzmann


def machine(visible, hidden, scale, seed=0):
    random = np.random.default_rng(seed)
    return (
        random.normal(0.0, scale, (visible, hidden)),
        random.normal(0.0, scale, visible),
        random.normal(0.0, scale, hidden),
    )


def test_log_z_equals_the_sum_over_every_state_of_both_sides():
    weights, b, c = machine(4, 3, scale=1.5)
    total = sum(
        np.exp(v @ weights @ h + b @ v + c @ h)
        for v in map(np.array, itertools.product([0, 1], repeat=4))
        for h in map(np.array, itertools.product([0, 1], repeat=3))
    )
    assert boltzmann.exact(weights, b, c).log_z == pytest.approx(np.log(total), abs=1e-12)


def test_either_side_may_be_added_up():
    weights, b, c = machine(9, 14, scale=1.0)  # 2^14 states are several blocks
    ours, swapped = boltzmann.exact(weights, b, c), boltzmann.exact(weights.T, c, b)
    assert ours.log_z == pytest.approx(swapped.log_z, abs=1e-10)


def test_annealing_finds_the_exact_constant_within_its_error():
    weights, b, c = machine(30, 12, scale=1.0)
    exact = boltzmann.exact(weights, b, c).log_z
    found = boltzmann.annealed(weights, b, c, np.zeros(30), chains=200, steps=500, seed=1)
    assert 0.0 < found.standard_error < 0.1
    assert abs(found.log_z - exact) < 4.0 * found.standard_error


def test_without_weights_annealing_is_exact():
    b, c = np.array([1.0, -2.0]), np.array([0.5])
    found = boltzmann.annealed(np.zeros((2, 1)), b, c, b, chains=2, steps=4)
    expected = np.log1p(np.exp(b)).sum() + np.log1p(np.exp(0.5))
    assert found.log_z == pytest.approx(expected, abs=1e-6)  # the weights are float32
    assert found.standard_error == pytest.approx(0.0, abs=1e-6)


def test_too_many_hidden_units_are_refused():
    with pytest.raises(ValueError, match="at most 20 hidden units; received 21"):
        boltzmann.exact(np.zeros((2, 21)), np.zeros(2), np.zeros(21))
