"""JSON values become arrays of the type and shape of a signature, or are refused."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.serving.http_errors import Rejection
from tfgan.serving.json_arrays import from_json


@pytest.mark.parametrize(
    ("value", "spec", "expected"),
    [
        ([1, 2**63 - 1], tf.TensorSpec((None,), tf.int64), np.array([1, 2**63 - 1])),
        ([2**64 - 1], tf.TensorSpec((1,), tf.uint64), np.array([2**64 - 1], np.uint64)),
        ([[1, 2.5]], tf.TensorSpec((None, 2), tf.float32), np.array([[1, 2.5]], np.float32)),
        (True, tf.TensorSpec((), tf.bool), np.array(True)),
        (["\u00e9", {"b64": "AP8="}], tf.TensorSpec(None, tf.string), [b"\xc3\xa9", b"\0\xff"]),
        ([], tf.TensorSpec((None,), tf.int32), np.zeros(0, np.int32)),
    ],
)
def test_values_keep_their_bits(value, spec, expected):
    array = from_json("x", value, spec)
    np.testing.assert_array_equal(array, expected)
    assert array.dtype == spec.dtype.as_numpy_dtype


@pytest.mark.parametrize(
    ("value", "dtype", "sentence"),
    [
        ([1.0], tf.int32, "whole numbers from -2147483648 to 2147483647; received a number that"),
        ([10**400], tf.float32, "a number out of the range of float32"),
        ([1], tf.bool, "true or false; received a whole number"),
        ([{"b64": "?"}], tf.string, "a b64 that is not base64"),
        ([{"b65": ""}], tf.string, "takes an object only as"),
        ([1], tf.complex64, "the type complex64, which JSON cannot express"),
        ([[1], 2], tf.int32, "is ragged"),
    ],
)
def test_values_of_another_type_are_refused(value, dtype, sentence):
    with pytest.raises(Rejection) as refusal:
        from_json("x", value, tf.TensorSpec(None, dtype))
    assert sentence in refusal.value.sentence


def test_an_input_of_any_rank_is_not_nested_without_end():
    value = 1
    for _ in range(17):
        value = [value]
    with pytest.raises(Rejection, match="nested too deep: its rank is 16"):
        from_json("x", value, tf.TensorSpec(None, tf.int32))
