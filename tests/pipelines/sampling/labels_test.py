"""Classes by name or number."""

import pytest
from tfgan.pipelines.sampling import labels

NAMES = ("cat", "dog", "10", "7")


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("cat", 0), ("dog", 1), ("0", 0), ("3", 3), ("7", 3)]
)
def test_a_class_is_found_by_name_and_then_by_number(text, number):
    assert labels.number(text, 4, NAMES) == number


def test_an_unknown_class_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="0 to 3, or a class name such as cat; received cut"):
        labels.number("cut", 4, NAMES)
    with pytest.raises(ValueError, match="0 to 2; received 3"):
        labels.number("3", 3, ("0", "1", "2"))
    with pytest.raises(ValueError, match="label cat was asked for, but the model takes no labels"):
        labels.number("cat", None, NAMES)
