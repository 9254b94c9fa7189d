"""JSON values as arrays of a given type and shape, or an error message."""

import base64
import binascii
import itertools

import numpy as np
import tensorflow as tf

from tfgan.serving.http_errors import Rejection

_MAX_RANK = 16  # of an input whose rank the signature leaves open


def from_json(name, value, spec):
    """A value of parsed JSON as a NumPy array.

    Args:
      name: str, of the input, for the sentence.
      value: nested lists, numbers, booleans, strings, {"b64": ...}.
      spec: `tf.TensorSpec`.
    Raises: Rejection for ragged lists, another type or shape, and numbers out of range.

    >>> from_json("x", [[1, 2], [3, 4]], tf.TensorSpec((None, 2), tf.float32)).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    dtype = spec.dtype
    values, shape = _flatten(name, value, spec.shape.rank)
    if dtype == tf.string:
        array = _strings(name, values)
    elif dtype == tf.bool:
        _check_kinds(name, values, {bool}, "true or false")
        array = np.array(values, bool)
    elif dtype.is_integer:
        array = _integers(name, values, dtype)
    elif dtype.is_floating:
        array = _floats(name, values, dtype)
    else:
        raise Rejection(400, f"{name!r} has the type {dtype.name}, which JSON cannot express.")
    if not spec.shape.is_compatible_with(shape):
        expected = shape_in_words(spec)
        raise Rejection(400, f"{name!r} must have the shape {expected}; received {shape}.")
    return array.reshape(shape)


def shape_in_words(spec):
    """The shape of a `tf.TensorSpec`, such as "[any, 28, 28, 1]"."""
    if spec.shape.rank is None:
        return "of any shape"
    return "[" + ", ".join("any" if size is None else str(size) for size in spec.shape) + "]"


def _flatten(name, value, rank):
    """The innermost values as one list, and the shape of the lists around them."""
    most = _MAX_RANK if rank is None else rank
    values, shape = [value], []
    while list in (kinds := set(map(type, values))):
        sizes = set(map(len, values)) if kinds == {list} else ()
        if len(sizes) != 1:
            raise Rejection(400, f"{name!r} is ragged: its lists differ in length.")
        if len(shape) == most:
            raise Rejection(400, f"{name!r} is nested too deep: its rank is {most}.")
        shape.append(sizes.pop())
        values = list(itertools.chain.from_iterable(values))
    return values, shape


_KINDS = {
    bool: "true or false",
    dict: "an object",
    float: "a number that is not whole",
    str: "a string",
    type(None): "null",
}


def _check_kinds(name, values, kinds, expected):
    for kind in {*map(type, values)} - kinds:
        received = _KINDS.get(kind, "a whole number")
        raise Rejection(400, f"{name!r} must hold {expected}; received {received}.")


def _integers(name, values, dtype):
    expected = f"whole numbers from {dtype.min} to {dtype.max}"
    _check_kinds(name, values, {int}, expected)
    for value in (min(values), max(values)) if values else ():
        if not dtype.min <= value <= dtype.max:
            raise Rejection(400, f"{name!r} must hold {expected}; received {value}.")
    return np.array(values, dtype.as_numpy_dtype)


def _floats(name, values, dtype):
    _check_kinds(name, values, {int, float}, "numbers")
    try:
        with np.errstate(over="ignore"):
            array = np.array(values, np.float64).astype(dtype.as_numpy_dtype)
        is_finite = np.isfinite(array.astype(np.float64)).all()
    except OverflowError:  # a whole number beyond float64
        is_finite = False
    if not is_finite:
        raise Rejection(400, f"{name!r} holds a number out of the range of {dtype.name}.")
    return array


def _strings(name, values):
    _check_kinds(name, values, {str, dict}, 'strings or {"b64": ...}')
    array = np.empty(len(values), object)
    array[:] = [
        each.encode() if isinstance(each, str) else in_base64(name, each) for each in values
    ]
    return array


def in_base64(name, value):
    """The bytes in {"b64": ...}. Raises: Rejection for another object."""
    text = value.get("b64")
    if set(value) != {"b64"} or not isinstance(text, str):
        raise Rejection(400, f'{name!r} takes an object only as {{"b64": "..."}}.')
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Rejection(400, f"{name!r} has a b64 that is not base64: {error}.") from error
