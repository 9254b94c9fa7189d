import numpy as np
import pytest

from tfgan.data.sources.arrays import keys


def forms(names, count=9):
    """Images under the names that do not look like labels."""
    return {
        name: np.zeros((count,) if name.lower().strip("_") in LABELS else (count, 4, 4))
        for name in names.split()
    }


LABELS = (
    "label",
    "labels",
    "y",
    "y_train",
    "y_test",
    "train_labels",
    "test_labels",
    "arr_1",
    "ytrain",
)


@pytest.mark.parametrize(
    ("names", "training", "held_out", "unused"),
    [
        ("data", ("data", None), None, ()),
        ("images labels", ("images", "labels"), None, ()),
        ("arr_0", ("arr_0", None), None, ()),
        ("arr_0 arr_1", ("arr_0", "arr_1"), None, ()),
        ("X y", ("X", "y"), None, ()),
        ("whatever", ("whatever", None), None, ()),
        ("whatever y", ("whatever", "y"), None, ()),
        ("data label mean", ("data", "label"), None, ("mean",)),
        ("x_train y_train x_test y_test", ("x_train", "y_train"), ("x_test", "y_test"), ()),
        ("x_test x_train", ("x_train", None), ("x_test", None), ()),
        ("Xtrain ytrain", ("Xtrain", "ytrain"), None, ()),
        (
            "train_images val_images test_images train_labels test_labels",
            ("train_images", "train_labels"), ("test_images", "test_labels"), ("val_images",),
        ),
        ("x_train x_val", ("x_train", None), ("x_val", None), ()),
        ("x_train y_train x_test", ("x_train", "y_train"), None, ("x_test",)),
        ("train test", ("train", None), ("test", None), ()),
        ("x_test", ("x_test", None), None, ()),
    ],
)  # fmt: skip
def test_arrays_are_known_by_the_names_that_people_give_them(names, training, held_out, unused):
    result = keys.find("it", forms(names), None, None)
    assert result.training == keys.Part(*training)
    assert result.held_out == (held_out and keys.Part(*held_out))
    assert result.unused == unused


def test_a_chosen_training_part_brings_its_test_part():
    result = keys.find("it", forms("x_train x_test data"), "x_train")
    assert result.held_out == keys.Part("x_test") and result.unused == ("data",)


def test_labels_are_those_of_as_many_examples():
    content = forms("data y") | {"label": np.zeros(3)}
    assert keys.find("it", content).training.label == "y"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("data x y", "several arrays that may be the examples: add #data or #x to the name"),
        ("a b", "add #a or #b"),
        ("data label y", "may be the labels: add #label=KEY to the name, of label, y or none"),
        ("y", r"must hold its examples as .*; it holds y \[9\]"),
        ("", "it holds none"),
    ],
)
def test_several_meanings_are_refused_with_the_choices(names, sentence):
    with pytest.raises(ValueError, match=sentence):
        keys.find("it", forms(names))
