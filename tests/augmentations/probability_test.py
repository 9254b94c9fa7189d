"""Fixed, rising and adaptive probabilities; what moves the last is in models/augmenting_test.py."""

import pytest

from tfgan.augmentations import Adaptive, Rising, probability


def test_a_rising_probability_follows_half_a_cosine_and_stays():
    rising = Rising(0.4, 100)
    values = [float(rising(step)) for step in (0, 25, 50, 100, 1000)]
    assert values == pytest.approx([0.0, 0.4 * (1 - 2**-0.5) / 2, 0.2, 0.4, 0.4], abs=1e-6)


@pytest.mark.parametrize(
    ("options", "p"),
    [
        ({}, 0.7),
        ({"p": 0.2}, 0.2),
        ({"p": 0.2, "warmup": 30.0}, Rising(0.2, 30)),
        ({"p": "adaptive"}, Adaptive()),
        ({"target": 0.5}, Adaptive(target=0.5)),
        ({"p": "adaptive", "kimg": 100.0}, Adaptive(kimg=100.0)),
    ],
)
def test_options_of_a_name_make_a_probability(options, p):
    assert probability.from_options(options, default=0.7) == p


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan"), "half", None])
def test_what_is_not_a_probability_is_refused(p):
    with pytest.raises(ValueError, match="p must be a number from 0 to 1, Adaptive, or a function"):
        probability.check(p)


@pytest.mark.parametrize("wrong", [{"target": 1.0}, {"kimg": 0.0}, {"limit": 1.5}, {"every": 0}])
def test_adaptation_out_of_range_is_refused(wrong):
    with pytest.raises(ValueError, match=f"Adaptive needs .*; received {next(iter(wrong))}="):
        Adaptive(**wrong)
