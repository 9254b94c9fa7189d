"""The linear probe reaches the minimum of its loss, and is judged on held-out examples."""

import math

import numpy as np
import pytest
from scipy import optimize

from tfgan.studies.families import probe


def test_one_feature_of_two_values_gets_the_log_odds_of_the_counts():
    """Without a penalty the logits' difference at x is log(n_1(x) / n_0(x)), in closed form."""
    counts = {(-1.0, 0): 30, (-1.0, 1): 10, (1.0, 0): 5, (1.0, 1): 25}
    codes = np.concatenate([np.full((n, 1), x) for (x, _), n in counts.items()])
    labels = np.concatenate([np.full(n, y) for (_, y), n in counts.items()])
    model = probe.classifier(labels, l2=1e-12, tolerance=1e-9).fit(codes, labels)
    low, high = model.decision_function([[-1.0], [1.0]])
    assert low == pytest.approx(math.log(10 / 30), abs=1e-6)
    assert high == pytest.approx(math.log(25 / 5), abs=1e-6)


def test_the_minimum_is_that_of_the_stated_loss():
    random = np.random.default_rng(0)
    labels = random.integers(3, size=80)
    codes = random.normal(size=(80, 4)) + labels[:, None] * [1.0, 0.5, 0.0, -1.0]
    codes = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    l2 = 0.05

    def loss(flat):
        weights = flat.reshape(5, 3)
        logits = codes @ weights[:4] + weights[4]
        correct = logits[np.arange(80), labels]
        normalizer = np.log(np.exp(logits).sum(axis=1))
        return (normalizer - correct).mean() + 0.5 * l2 * (weights[:4] ** 2).sum()

    best = optimize.minimize(loss, np.zeros(15), method="BFGS", options={"gtol": 1e-8}).x
    model = probe.classifier(labels, l2=l2, tolerance=1e-9).fit(codes, labels)[-1]
    np.testing.assert_allclose(model.coef_.T, best.reshape(5, 3)[:4], atol=1e-5)
    reached = np.concatenate([model.coef_.T, model.intercept_[None]])
    assert loss(reached.ravel()) == pytest.approx(loss(best), abs=1e-10)


def test_labels_on_a_line_are_read_from_examples_that_were_held_out():
    random = np.random.default_rng(1)
    codes = random.normal(size=(400, 5))
    labels = (codes[:, 2] > 0).astype(int)
    result = probe.run(codes[:300], labels[:300], codes[300:], labels[300:])
    assert result.accuracy > 0.9
    assert result.dimensions == 5
    assert len(result.correct) == 100


def test_codes_without_information_are_read_at_chance():
    random = np.random.default_rng(2)
    codes, labels = random.normal(size=(2000, 3)), random.integers(2, size=2000)
    result = probe.run(codes[:1000], labels[:1000], codes[1000:], labels[1000:])
    assert abs(result.accuracy - 0.5) < 4 * 0.5 / math.sqrt(1000)


def test_scale_and_offset_of_a_code_change_nothing_and_constants_are_harmless():
    random = np.random.default_rng(3)
    codes, labels = random.normal(size=(200, 3)), random.integers(3, size=200)
    codes[:, 0] += labels
    moved = np.column_stack([1000.0 * codes + 7.0, np.full(200, 5.0)])
    plain = probe.run(codes[:150], labels[:150], codes[150:], labels[150:])
    scaled = probe.run(moved[:150], labels[:150], moved[150:], labels[150:])
    np.testing.assert_array_equal(plain.correct, scaled.correct)


def test_a_single_label_is_always_predicted():
    codes, labels = np.zeros((3, 2)), np.array([4, 4, 4])
    result = probe.run(codes, labels, codes, np.array([4, 1, 4]))
    np.testing.assert_array_equal(result.correct, [True, False, True])


def test_errors_are_those_of_a_fraction_and_of_pairs():
    ours = probe.Probe(np.array([True, True, True, False]), 1)
    theirs = probe.Probe(np.array([True, False, False, False]), 1)
    assert ours.standard_error == pytest.approx(math.sqrt(0.75 * 0.25 / 4))
    gain, error = ours.gain_over(theirs)  # pairs 0, 1, 1, 0: variance 1/3
    assert gain == pytest.approx(0.5)
    assert error == pytest.approx(math.sqrt((1 / 3) / 4))
