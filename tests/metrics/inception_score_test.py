import numpy as np
import pytest

from tfgan import metrics


def logits(count=200, classes=7, seed=0):
    return 3.0 * np.random.default_rng(seed).standard_normal((count, classes))


def score(rows):
    """The definition with plain probabilities."""
    p = np.exp(rows) / np.exp(rows).sum(1, keepdims=True)
    return np.exp(np.mean(np.sum(p * (np.log(p) - np.log(p.mean(0))), axis=1)))


def test_one_split_is_the_definition():
    found = metrics.inception_score(logits(), splits=1)
    assert found.mean == pytest.approx(score(logits()), rel=1e-12)
    assert found.std == 0.0


def test_splits_are_contiguous_parts_of_the_order():
    rows = logits(11)
    scores = [score(part) for part in (rows[:3], rows[3:7], rows[7:])]
    found = metrics.inception_score(rows, splits=3, seed=None)
    assert found.mean == pytest.approx(np.mean(scores), rel=1e-12)
    assert found.std == pytest.approx(np.std(scores), rel=1e-12)


@pytest.mark.parametrize("size", [50.0, 1e4])
def test_certain_and_even_predictions_reach_the_number_of_classes(size):
    certain = size * np.tile(np.eye(5), (10, 1))
    assert metrics.inception_score(certain, splits=1).mean == pytest.approx(5.0, rel=1e-9)


def test_one_class_alone_scores_one():
    collapsed = np.tile([1000.0, 0.0], (20, 1))
    assert metrics.inception_score(collapsed, splits=2).mean == pytest.approx(1.0, rel=1e-12)


def test_a_shift_of_all_logits_changes_nothing():
    one, other = (metrics.inception_score(logits() + shift) for shift in (0.0, 1e3))
    assert one.mean == pytest.approx(other.mean, rel=1e-9)


def test_the_seed_deals_the_samples():
    one, same, other = (metrics.inception_score(logits(), seed=seed).mean for seed in (1, 1, 2))
    assert one == same != other


@pytest.mark.parametrize("splits", [0, 21])
def test_more_splits_than_samples_are_refused(splits):
    with pytest.raises(ValueError, match=f"splits must be 1 to 20.*received {splits}"):
        metrics.inception_score(logits(20), splits=splits)
