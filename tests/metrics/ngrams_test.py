import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from tfgan import metrics


def test_a_divergence_worked_by_hand():
    # Pairs: ab and b-end, each half; against ab, and a pair of its own: JSD = 1/2.
    real, fake = np.array([[1, 2, 0]]), np.array([[1, 2, 1]])
    assert metrics.ngram_divergence(real, fake, 2) == pytest.approx(0.5)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_it_is_that_of_scipy_on_counted_texts(n):
    random = np.random.default_rng(0)
    sides = [random.integers(1, 4, (20, 6)), random.integers(1, 3, (30, 6))]
    shares = []
    for rows in sides:
        found = {}
        for row in rows:
            for start in range(6 - n + 1):
                gram = tuple(row[start : start + n])
                found[gram] = found.get(gram, 0) + 1
        shares.append(found)
    every = sorted({*shares[0], *shares[1]})
    p, q = ([found.get(gram, 0) for gram in every] for found in shares)
    expected = jensenshannon(p, q, base=2) ** 2
    assert metrics.ngram_divergence(*sides, n) == pytest.approx(expected)


def test_equal_sets_are_0_apart_and_sets_that_share_nothing_1():
    one, other = np.array([[1, 2, 3], [2, 2, 0]]), np.array([[4, 5, 4]])
    assert metrics.ngram_divergence(one, one[::-1], 2) == 0.0
    assert metrics.ngram_divergence(one, other, 1) == pytest.approx(1.0)


def test_what_is_behind_the_end_does_not_count():
    # One symbol each, and not the same: nothing in common, though both end alike.
    assert metrics.ngram_divergence(np.array([[1, 0, 0]]), np.array([[2, 0, 0]]), 1) == 1.0


def test_other_arrays_are_refused():
    rows = np.array([[1, 2, 0]])
    with pytest.raises(ValueError, match=r"fake must hold texts .* received int64 \[1, 2\]"):
        metrics.ngram_divergence(rows, rows[:, :2], 1)
    with pytest.raises(ValueError, match="n must be 1 to 3; received 4"):
        metrics.ngram_divergence(rows, rows, 4)
    with pytest.raises(metrics.TooFewError, match="non-empty"):
        metrics.ngram_divergence(rows, 0 * rows, 1)
