import numpy as np
import pytest

from tfgan.data.labels import classes


def test_numbers_in_names_are_ordered_as_numbers():
    names = ["10", "2", "b10", "b9", "1", "01", "B", "a", "x" * 3 + "9" * 5000]
    expected = ["01", "1", "2", "10", "B", "a", "b9", "b10", names[-1]]
    assert sorted(names, key=classes.natural) == expected


def test_labels_from_0_keep_their_numbers_with_gaps():
    labels, names = classes.of_numbers("labels", [0, 3, 1])
    assert labels.tolist() == [0, 3, 1] and names == ("0", "1", "2", "3")
    assert classes.of_numbers("labels", [3])[0].tolist() == [3]


def test_labels_from_1_leave_no_empty_class_and_that_is_said(caplog):
    caplog.set_level("INFO")
    labels, names = classes.of_numbers("The labels of x", [1, 3, 2])
    assert labels.tolist() == [0, 2, 1] and labels.dtype == np.int32 and names == ("1", "2", "3")
    assert caplog.messages == [
        "The labels of x are counted from 1: label k is class k - 1, named k."
    ]
    assert classes.of_numbers("x", [1, 3], may_begin_at_1=False)[0].tolist() == [1, 3]


@pytest.mark.parametrize("value", [-1, 1_000_000, 2**40])
def test_numbers_that_are_not_classes_are_refused(value):
    with pytest.raises(ValueError, match=rf"labels must be in 0..999,999; row 1 has {value}"):
        classes.of_numbers("labels", [0, value])


NAMES = ("airplane", "Cat", "dog", "7")


@pytest.mark.parametrize(
    ("text", "number"), [("Cat", 1), ("cat", 1), ("dog", 2), ("0", 0), ("7", 3), (2, 2), (" 3 ", 3)]
)
def test_a_class_is_named_by_its_name_or_else_its_number(text, number):
    assert classes.number(text, NAMES) == number


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cta", "one of 7, Cat, airplane, dog; received 'cta'. Did you mean 'Cat'.* are 0 to 3"),
        ("4", r"received '4'. Their numbers are 0 to 3\."),
        ("", "The class must be one of .*; received ''"),
        ("-1", "The class must be one of .*; received '-1'"),
    ],
)
def test_any_other_text_is_refused_with_the_nearest_name(text, message):
    with pytest.raises(ValueError, match=message):
        classes.number(text, NAMES)


def test_classes_are_listed_with_their_counts():
    assert classes.counted(np.array([0, 1, 1]), ["cat", "dog"]) == "2 classes: cat (1), dog (2)"
    many = classes.counted(np.repeat(np.arange(100), 2), [f"c{n}" for n in range(100)])
    assert many.startswith("100 classes of 2 to 2: c0 (2), c1 (2)") and many.endswith("... c99 (2)")
