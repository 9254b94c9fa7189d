"""The steps of an adaptive p, by hand."""

import pytest

from tfgan.augmentations import Adaptive
from tfgan.models.adaptive_probability import AdaptiveProbability


def moved(state, signs, steps, share=1.0, examples=64, first=0):
    """p after some steps with one mean sign."""
    for step in range(first, first + steps):
        state.observe(signs, share)
        state.finish_step(step, examples)
    return float(state.p)


def test_p_moves_every_fourth_step_by_the_examples_since():
    state = AdaptiveProbability(Adaptive())
    assert moved(state, 0.7, 3) == 0.0
    # 64 x 4 examples of 500,000.
    assert moved(state, 0.7, 1, first=3) == pytest.approx(5.12e-4)
    assert moved(state, 0.7, 4, first=4) == pytest.approx(2 * 5.12e-4)
    assert moved(state, 0.5, 4, first=8) == pytest.approx(5.12e-4)


def test_p_stays_between_0_and_its_limit():
    state = AdaptiveProbability(Adaptive(kimg=0.5))
    assert moved(state, 1.0, 40) == pytest.approx(0.8)
    assert moved(state, -1.0, 40, first=40) == 0.0


def test_the_mean_is_of_all_steps_since_p_moved_and_of_real_examples():
    """Signs of .1, .2, .3 and .4 on half a batch are .5 on average: below .6, above .4."""
    for target, expected in [(0.6, 0.0), (0.4, 5.12e-4)]:
        state = AdaptiveProbability(Adaptive(target=target))
        for step, signs in enumerate([0.1, 0.2, 0.3, 0.4]):
            moved(state, signs, 1, share=0.5, first=step)
        assert float(state.p) == pytest.approx(expected)


def test_a_mean_at_the_target_leaves_p():
    assert moved(AdaptiveProbability(Adaptive(target=0.5)), 0.5, 8) == 0.0
