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
    with pytest.raises(
        ValueError, match=r"no class 'cut'; did you mean cat\? The classes are cat, "
    ):
        labels.number("cut", 4, NAMES)
    with pytest.raises(ValueError, match="no class 'cat'.*The classes are 0, 1, 2"):
        labels.number("cat", 3, NAMES)  # as many names as the data have, not as the model has
    with pytest.raises(ValueError, match="label cat was asked for, but the model takes no labels"):
        labels.number("cat", None, NAMES)
