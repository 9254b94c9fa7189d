import numpy as np
import pytest

from tfgan.data.sources.arrays import labels

WANTED = [2, 0, 1, 2]


@pytest.mark.parametrize(
    "array",
    [
        np.array(WANTED),
        np.array(WANTED, np.uint8)[:, None],
        np.array(WANTED, np.float32),
        np.eye(3)[WANTED],
        np.eye(3, dtype=bool)[WANTED],
    ],
    ids=["numbers", "a column", "floats", "one-hot", "boolean one-hot"],
)
def test_labels_are_read_in_every_form(array):
    [result], names = labels.read("it", [array])
    assert result.tolist() == WANTED and result.dtype == np.int32 and names == ("0", "1", "2")


def test_names_become_classes_of_all_parts():
    parts = [np.array(["dog", "cat"]), np.array(["eel", "dog"])]
    result, names = labels.read("it", parts)
    assert [part.tolist() for part in result] == [[1, 0], [2, 1]] and names == ("cat", "dog", "eel")
    result, names = labels.read("it", [np.array([b"a", b"b"])])
    assert names == ("a", "b")


def test_two_labels_are_no_column():
    result, names = labels.read("it", [np.array([True, False])])
    assert result[0].tolist() == [1, 0] and names == ("0", "1")


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.array([0.5, 1]), "whole numbers; received float64 with 0.5"),
        (np.array([np.nan, 1]), "whole numbers; received float64 with nan"),
        (np.array([np.inf, 1]), "whole numbers; received float64 with inf"),
        (np.array([3, -1]), "row 1 has -1"),
        (np.array([3, 10**9]), r"in 0\.\.999,999; row 1 has 1000000000"),
        (np.ones((4, 3)), r"or one-hot; received float64 \[4, 3\]. #label=none reads no labels"),
        (np.zeros((4, 3, 2)), "or one-hot"),
        (np.zeros(4, complex), "or one-hot; received complex128"),
        (np.array([b"\xff"]), "must be text in UTF-8"),
    ],
)
def test_other_labels_are_refused(array, sentence):
    with pytest.raises(ValueError, match=sentence):
        labels.read("The labels of it", [array])
