"""JSON values as arrays of a given type and shape, or one sentence that says what is wrong."""

import base64
import binascii
import itertools

import numpy as np
import tensorflow as tf

from tfgan.serving.http_errors import Rejection

_MOST_DIMENSIONS = 16  # of an input whose rank the signature leaves open


def from_json(name, value, spec):
    """A value of parsed JSON as an array.

    Args:
      name: str, of the input, for the sentence.
      value: what JSON has: nested lists, numbers, booleans, strings, {"b64": ...}.
      spec: `tf.TensorSpec`.
    Raises: Rejection for ragged lists, another type, another shape, and numbers out of range.
    """
    flat, shape = _flattened(name, value, spec.shape.rank)
    kinds = set(map(type, flat))
    if spec.dtype == tf.string:
        array = _strings(name, flat, kinds)
    elif spec.dtype == tf.bool:
        _check_kinds(name, kinds, {bool}, "true or false")
        array = np.array(flat, bool)
    elif spec.dtype.is_integer:
        array = _integers(name, flat, kinds, spec.dtype)
    elif spec.dtype.is_floating:
        array = _floats(name, flat, kinds, spec.dtype)
    else:
        raise Rejection(400, f"{name!r} is of type {spec.dtype.name}, which JSON cannot tell.")
    if not spec.shape.is_compatible_with(shape):
        wanted = ", ".join("any" if size is None else str(size) for size in spec.shape)
        raise Rejection(400, f"{name!r} must have the shape [{wanted}]; received {shape}.")
    return array.reshape(shape)


def _flattened(name, value, rank):
    """The innermost values as one list, and the shape of the lists around them."""
    most = _MOST_DIMENSIONS if rank is None else rank
    flat, shape = [value], []
    while list in (kinds := set(map(type, flat))):
        sizes = set(map(len, flat)) if kinds == {list} else ()
        if len(sizes) != 1:
            raise Rejection(400, f"{name!r} is ragged: lists beside one another differ in length.")
        if len(shape) == most:
            raise Rejection(400, f"{name!r} is nested too deep: its rank is {most}.")
        shape.append(sizes.pop())
        flat = list(itertools.chain.from_iterable(flat))
    return flat, shape


def _check_kinds(name, kinds, accepted, told):
    wrong = sorted(_TOLD.get(kind, kind.__name__) for kind in kinds - accepted)
    if wrong:
        raise Rejection(400, f"{name!r} must hold {told}; received {wrong[0]}.")


_TOLD = {
    bool: "true or false",
    dict: "an object",
    float: "a number that is not whole or is beyond 64 bits",
    int: "a whole number",
    str: "a string",
    type(None): "null",
}


def _integers(name, flat, kinds, dtype):
    told = f"whole numbers from {dtype.min} to {dtype.max}"
    _check_kinds(name, kinds, {int}, told)
    if flat and not dtype.min <= min(flat) <= max(flat) <= dtype.max:
        wrong = min(flat) if min(flat) < dtype.min else max(flat)
        raise Rejection(400, f"{name!r} must hold {told}; received {wrong}.")
    return np.array(flat, dtype.as_numpy_dtype)


def _floats(name, flat, kinds, dtype):
    _check_kinds(name, kinds, {int, float}, "numbers")
    with np.errstate(over="ignore"):
        array = np.array(flat, np.float64).astype(dtype.as_numpy_dtype)
    if not np.isfinite(array.astype(np.float64)).all():
        raise Rejection(400, f"{name!r} holds a number out of the range of {dtype.name}.")
    return array


def _strings(name, flat, kinds):
    _check_kinds(name, kinds, {str, dict}, 'strings or {"b64": ...}')
    array = np.empty(len(flat), object)
    array[:] = [each.encode() if isinstance(each, str) else _decoded(name, each) for each in flat]
    return array


def _decoded(name, given):
    text = given.get("b64")
    if set(given) != {"b64"} or not isinstance(text, str):
        raise Rejection(400, f'{name!r} takes an object only as {{"b64": "..."}}.')
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Rejection(400, f"{name!r} has a b64 that is not base64: {error}.") from error
