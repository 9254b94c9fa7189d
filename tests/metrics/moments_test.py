import numpy as np
import pytest

from tfgan.metrics import Moments


def features(count=1000, offset=0.0, seed=0):
    draw = np.random.default_rng(seed)
    return draw.standard_normal((count, 6)) @ draw.standard_normal((6, 6)) + offset


def close(moments, rows):
    assert moments.count == len(rows)
    np.testing.assert_allclose(moments.mean, rows.mean(0), rtol=1e-10, atol=1e-10)
    covariance = np.cov(rows, rowvar=False)
    scale = np.abs(covariance).max()
    np.testing.assert_allclose(moments.covariance, covariance, rtol=0, atol=1e-10 * scale)


def test_one_shot_is_numpys_mean_and_covariance():
    close(Moments.of(features()), features())


@pytest.mark.parametrize("sizes", [[1] * 1000, [999, 1], [500, 12, 0, 488], [7] * 142 + [6]])
@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_uneven_batches_equal_one_shot(sizes, offset):
    rows = features(offset=offset)
    moments = Moments(6)
    for batch in np.split(rows, np.cumsum(sizes)[:-1]):
        moments.update(batch)
    close(moments, rows)


def test_shards_of_any_size_and_order_merge_to_one_shot():
    rows = features()
    shards = [Moments(6) for _ in range(5)]
    for shard, part in zip(shards, np.split(rows, [3, 3, 400, 999]), strict=True):
        shard.update(part)
    for order in ([0, 1, 2, 3, 4], [3, 1, 4, 0, 2]):
        merged = Moments(6)
        for index in order:
            merged.merge(shards[index])
        close(merged, rows)


def test_permuted_rows_are_the_same_moments():
    rows = features()
    permuted = Moments.of(rows[np.random.default_rng(1).permutation(len(rows))])
    np.testing.assert_allclose(permuted.covariance, Moments.of(rows).covariance, atol=1e-10)


def test_float32_and_float16_rows_are_summed_in_float64():
    rows = features(offset=100.0).astype(np.float32)
    close(Moments.of(rows), rows.astype(np.float64))
    half = rows.astype(np.float16)
    close(Moments.of(half), half.astype(np.float64))


def test_the_rows_are_left_as_they_were():
    rows = features()
    before = rows.copy()
    Moments.of(rows)
    np.testing.assert_array_equal(rows, before)


def test_more_rows_than_a_block_are_one_set():
    rows = features(5000)
    close(Moments.of(rows), rows)


def test_many_dimensions_are_handled_in_panels():
    draw = np.random.default_rng(0)
    rows = draw.standard_normal((700, 600)) @ draw.standard_normal((600, 600)) + 3.0
    close(Moments.of(rows), rows)
    merged = Moments.of(rows[:200])
    merged.merge(Moments.of(rows[200:]))
    close(merged, rows)


def test_a_row_that_is_not_finite_is_named():
    rows = features()
    rows[77, 3] = np.nan
    with pytest.raises(ValueError, match="row 77 holds NaN"):
        Moments(6).update(rows)


def test_another_dimension_is_refused():
    with pytest.raises(ValueError, match="must have 6 dimensions; received 5"):
        Moments(6).update(np.zeros((2, 5)))
    with pytest.raises(ValueError, match="one dimension; received 6 and 5"):
        Moments(6).merge(Moments(5))


def test_one_example_has_no_covariance():
    moments = Moments(6)
    moments.update(features(1))
    with pytest.raises(ValueError, match="needs at least 2 examples; there are 1"):
        _ = moments.covariance


def test_statistics_are_kept_as_given():
    covariance = np.diag([1.0, 2.0])
    moments = Moments.from_statistics([3.0, 4.0], covariance, count=9)
    assert moments.count == 9
    np.testing.assert_array_equal(moments.mean, [3.0, 4.0])
    np.testing.assert_array_equal(moments.covariance, covariance)


def test_statistics_of_a_known_count_are_merged_and_added_to():
    rows = features()
    halves = rows[:600], rows[600:]
    known = Moments.from_statistics(halves[0].mean(0), np.cov(halves[0], rowvar=False), count=600)
    close(_merged(Moments.of(halves[1]), known), rows)
    known.update(halves[1])
    close(known, rows)


def test_statistics_of_an_unknown_count_cannot_be_merged():
    unknown = Moments.from_statistics(np.zeros(6), np.eye(6))
    with pytest.raises(ValueError, match="without a count cannot be merged or added to"):
        unknown.merge(Moments.of(features()))
    with pytest.raises(ValueError, match="without a count cannot be merged or added to"):
        Moments.of(features()).merge(unknown)


def _merged(one, other):
    one.merge(other)
    return one


@pytest.mark.parametrize(
    ("mean", "covariance", "sentence"),
    [
        (np.zeros(2), np.zeros((3, 3)), r"must be \[d\] and the covariance \[d, d\]"),
        (np.zeros(2), np.full((2, 2), np.nan), "must be finite"),
        (np.zeros(2), np.array([[1.0, 2.0], [3.0, 1.0]]), "must be symmetric"),
    ],
)
def test_what_are_no_statistics_is_refused(mean, covariance, sentence):
    with pytest.raises(ValueError, match=sentence):
        Moments.from_statistics(mean, covariance)


def test_statistics_of_one_example_are_refused():
    with pytest.raises(ValueError, match="count must be 2 or more; received 1"):
        Moments.from_statistics(np.zeros(2), np.eye(2), count=1)
