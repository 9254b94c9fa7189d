import numpy as np
import pytest

from tfgan.metrics import checks


def test_features_pass_uncopied():
    values = np.zeros((3, 2), np.float16)
    assert np.shares_memory(checks.features("real", values), values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (np.zeros(3), r"real must be features \[count, d\]; received \[3\]\."),
        (np.zeros((1, 2)), "real holds 1 examples; this metric needs at least 2"),
        (np.array([["a"], ["b"]]), "real must hold real numbers"),
    ],
)
def test_what_are_no_features_is_refused(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        checks.features("real", values)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_number_that_is_not_finite_is_named_by_its_row(value):
    values = np.zeros((5000, 2))
    values[4321, 1] = value
    with pytest.raises(ValueError, match="fake must be finite; row 4321"):
        checks.pair(np.zeros((2, 2)), values)


def test_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="one dimension; received 3 and 4"):
        checks.pair(np.zeros((2, 3)), np.zeros((2, 4)))


def test_blocks_hold_every_row_once_in_float64():
    values = np.arange(14, dtype=np.float32).reshape(7, 2)
    parts = list(checks.blocks(values, 3))
    assert [first for first, _ in parts] == [0, 3, 6]
    assert all(block.dtype == np.float64 for _, block in parts)
    np.testing.assert_array_equal(np.concatenate([block for _, block in parts]), values)
