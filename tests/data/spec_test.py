import json

import pytest

from tfgan.data import DataSpec


@pytest.mark.parametrize(
    "spec",
    [
        DataSpec((28, 28, 1), "uint8", 2, ("cat", "dog")),
        DataSpec((2,), "float32"),
        DataSpec((6, 3), "int32", symbols="\nab"),
        DataSpec((4, 8, 8, 1), "uint8"),
    ],
)
def test_a_spec_survives_json(spec):
    assert DataSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


def test_another_dtype_is_refused():
    with pytest.raises(ValueError, match="'float32' or 'int32'; received 'int64'"):
        DataSpec((2,), "int64")


def test_a_dtype_has_shapes_of_its_own():
    with pytest.raises(ValueError, match=r"no uint8 data of shape \(2,\)"):
        DataSpec((2,), "uint8")


def test_a_text_needs_a_character_a_symbol_and_nothing_else_has_any():
    with pytest.raises(ValueError, match=r"received 2 for the shape \(6, 3\)"):
        DataSpec((6, 3), "int32", symbols="\na")
    with pytest.raises(ValueError, match=r"none otherwise; received 2 for the shape \(2,\)"):
        DataSpec((2,), "float32", symbols="ab")


def test_the_raw_shape_of_a_text_has_a_number_a_place():
    assert DataSpec((6, 3), "int32", symbols="\nab").raw_shape == (6,)
    assert DataSpec((8, 8, 1), "uint8").raw_shape == (8, 8, 1)


def test_examples_have_a_name():
    shapes = {"uint8": [(8, 8, 1), (4, 8, 8, 1)], "float32": [(2,)]}
    nouns = [DataSpec(shape, dtype).noun for dtype, each in shapes.items() for shape in each]
    assert nouns == ["images", "videos", "points"]
    assert DataSpec((6, 3), "int32", symbols="\nab").noun == "texts"


def test_each_class_needs_a_name():
    with pytest.raises(ValueError, match=r"one name per class \(3\); received 1"):
        DataSpec((2,), "float32", 3, ("cat",))
