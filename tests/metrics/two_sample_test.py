import numpy as np
import pytest

from tfgan import metrics


def features(count, seed=0):
    return np.random.default_rng(seed).standard_normal((count, 3))


def test_the_accuracies_are_those_of_a_loop():
    real, fake = features(20), features(20, 1) + 0.5
    rows = np.concatenate([real, fake])
    right = []
    for i, row in enumerate(rows):
        distance = [
            np.inf if i == j else np.linalg.norm(row - other) for j, other in enumerate(rows)
        ]
        right.append((int(np.argmin(distance)) < 20) == (i < 20))
    found = metrics.classifier_two_sample(real, fake)
    assert found.accuracy == np.mean(right)
    assert found.accuracy_real == np.mean(right[:20])
    assert found.accuracy_fake == np.mean(right[20:])


def test_the_p_value_is_the_normal_tail():
    stats = pytest.importorskip("scipy.stats")
    found = metrics.classifier_two_sample(features(50), features(50, 1) + 0.4)
    z = (found.accuracy - 0.5) * 2.0 * np.sqrt(100)
    assert found.p_value == pytest.approx(stats.norm.sf(z), rel=1e-12)


def test_one_distribution_cannot_be_told_apart_and_a_far_one_can():
    same = metrics.classifier_two_sample(features(1000), features(1000, 1))
    far = metrics.classifier_two_sample(features(1000), features(1000, 1) + 9.0)
    assert 0.45 < same.accuracy < 0.55 and same.p_value > 0.001
    assert far.accuracy == 1.0 and far.p_value < 1e-12


def test_copies_are_caught_below_one_half():
    real = features(300)
    assert metrics.classifier_two_sample(real, real + 1e-6).accuracy == 0.0


def test_a_generator_of_typical_examples_alone_is_right_on_fakes_and_wrong_on_real():
    draw = np.random.default_rng(0)
    real = draw.standard_normal((300, 200))
    fake = 0.01 * draw.standard_normal((300, 200))
    found = metrics.classifier_two_sample(real, fake)
    assert (found.accuracy_fake, found.accuracy_real) == (1.0, 0.0)


def test_the_longer_set_is_cut_to_the_shorter():
    real, fake = features(80), features(50, 1)
    assert metrics.classifier_two_sample(real, fake) == metrics.classifier_two_sample(
        real[:50], fake
    )
