"""A restricted Boltzmann machine against the sum over all of its states."""

import itertools

import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

VISIBLE, HIDDEN = 3, 2


@pytest.fixture(scope="module")
def machine():
    machine = layers.BoltzmannMachine(VISIBLE, HIDDEN)
    random = np.random.default_rng(0)
    machine.set_weights([random.normal(size=weight.shape) for weight in machine.weights])
    return machine


def states(units):
    return np.array(list(itertools.product([0.0, 1.0], repeat=units)), np.float32)


def joint(machine):
    """exp(v W h + b v + c h) of all visible (rows) and hidden (columns) states."""
    w, b, c = machine.get_weights()
    v, h = states(VISIBLE), states(HIDDEN)
    return np.exp(v @ w @ h.T + (v @ b)[:, None] + h @ c)


def test_the_free_energy_is_minus_the_logarithm_of_the_sum_over_hidden_states(machine):
    expected = -np.log(joint(machine).sum(axis=1))
    np.testing.assert_allclose(machine.free_energy(states(VISIBLE)), expected, rtol=1e-5)


def test_logits_are_those_of_the_conditional_distributions(machine):
    weights = joint(machine)
    given_v = (weights / weights.sum(axis=1, keepdims=True)) @ states(HIDDEN)
    np.testing.assert_allclose(
        tf.sigmoid(machine.hidden_logits(states(VISIBLE))), given_v, rtol=1e-5
    )
    given_h = (weights / weights.sum(axis=0)).T @ states(VISIBLE)
    np.testing.assert_allclose(
        tf.sigmoid(machine.visible_logits(states(HIDDEN))), given_h, rtol=1e-5
    )


def test_chains_reach_the_distribution_of_the_machine(machine):
    start = np.zeros((4000, VISIBLE), np.float32)
    v, logits = machine.gibbs(start, 20, tf.constant([0, 1]))
    expected = joint(machine).sum(axis=1) / joint(machine).sum()
    counts = np.bincount((np.asarray(v) @ [4, 2, 1]).astype(int), minlength=8)
    # Three standard errors of a share are below 0.024.
    np.testing.assert_allclose(counts / 4000, expected, atol=0.024)
    assert logits.shape == v.shape


@pytest.mark.parametrize("steps", [3, 32, 70])  # fewer than a block, one block, and more
def test_a_chain_does_not_depend_on_the_chains_beside_it(machine, steps):
    start = states(VISIBLE)
    seeds = tf.constant([[7, i] for i in range(8)])
    together, _ = machine.separate_chains(start, steps, seeds)
    alone, _ = machine.separate_chains(start[5:6], steps, seeds[5:6])
    np.testing.assert_array_equal(together[5:6], alone)


def test_units_are_1_with_the_probability_of_their_logits():
    logits = tf.fill((20_000, 1), 1.0)
    share = float(tf.reduce_mean(layers.draw_units(logits, tf.constant([0, 1]))))
    assert share == pytest.approx(0.7311, abs=0.01)
