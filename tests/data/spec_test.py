import json

import pytest

from tfgan.data import DataSpec


@pytest.mark.parametrize(
    "spec",
    [
        DataSpec((28, 28, 1), "uint8", 2, ("cat", "dog")),
        DataSpec((2,), "float32"),
    ],
)
def test_a_spec_survives_json(spec):
    assert DataSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


def test_another_dtype_is_refused():
    with pytest.raises(ValueError, match="dtype must be 'uint8' or 'float32'; received 'int64'"):
        DataSpec((2,), "int64")


def test_each_class_needs_a_name():
    with pytest.raises(ValueError, match=r"one name a class \(3\); received 1"):
        DataSpec((2,), "float32", 3, ("cat",))
