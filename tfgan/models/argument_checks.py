"""Checks of the arrays that callers pass in Python, before a network runs."""

from collections.abc import Mapping

import numpy as np
import tensorflow as tf


def raw_data(model, data):
    """Raw data of a model as an array of its type.

    Args:
      model: `GenerativeModel`.
      data: NumPy `[n, ...]`, or what becomes such an array, of `model.modality`.
    Returns: NumPy `[n, *raw_shape]`.
    Raises: ValueError for another shape or type, and numbers that are not finite or out of range.
    """
    kind = model.modality
    shape = tuple(kind.raw_shape(model.sample_shape))
    sizes = ", ".join(map(str, ("n", *shape)))
    expected = f"{kind.dtype} {kind.kind} [{sizes}]"
    array = _as_array("data", data, expected)
    kinds = "iu" if kind.raw_range else "iuf"
    if not array.ndim or array.shape[1:] != shape or array.dtype.kind not in kinds:
        raise ValueError(
            f"data must be {expected}; received {array.dtype.name} {list(array.shape)}."
        )
    if kind.raw_range:
        _check_range("data", array, *kind.raw_range)
    return _converted("data", array, np.dtype(kind.dtype))


def network_inputs(network, inputs, classes=None):
    """The inputs of a network as arrays of its types.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of arrays `[n, ...]`; what the network does not declare is left out.
      classes: int, the number of labels, or None.
    Returns: dict of NumPy arrays `[n, ...]`.
    Raises: ValueError for missing inputs, other shapes or types, different numbers of rows, numbers
      that are not finite, and labels out of range.
    """
    shapes = {tensor.name: tuple(tensor.shape[1:]) for tensor in network.inputs}
    expected = f"arrays with one row per sample, of shapes {shapes} without the rows"
    if not isinstance(inputs, Mapping):
        raise ValueError(f"inputs must be a dict of {expected}; received {type(inputs).__name__}.")
    arrays = {n: _as_array(n, inputs[n], "an array") for n in shapes if n in inputs}
    rows = {array.shape[:1] for array in arrays.values()}
    if {name: array.shape[1:] for name, array in arrays.items()} != shapes or len(rows) != 1:
        received = {name: np.shape(array) for name, array in arrays.items()}
        raise ValueError(f"inputs must be {expected}; received {received or 'none of them'}.")
    for tensor in network.inputs:
        name, dtype = tensor.name, np.dtype(tf.as_dtype(tensor.dtype).as_numpy_dtype)
        is_whole = dtype.kind in "iu"
        if arrays[name].dtype.kind not in ("iu" if is_whole else "iuf"):
            noun = "whole numbers" if is_whole else "numbers"
            raise ValueError(f"{name} must be {noun}; received {arrays[name].dtype.name}.")
        if is_whole:
            limits = np.iinfo(dtype)
            is_label = name == "label" and classes
            low, high = (0, classes - 1) if is_label else (limits.min, limits.max)
            _check_range(name, arrays[name], low, high)
        arrays[name] = _converted(name, arrays[name], dtype)
    return arrays


def _as_array(name, values, expected):
    try:
        return np.asarray(values)
    except ValueError as error:  # lists of different lengths
        raise ValueError(f"{name} must be {expected}; received a ragged list.") from error


def _check_range(name, array, low, high):
    wrong = array[(array < low) | (array > high)]
    if wrong.size:
        raise ValueError(f"{name} must hold numbers from {low} to {high}; received {wrong[0]}.")


def _converted(name, array, dtype):
    """An array in a type; raises ValueError for numbers that are not finite in it."""
    with np.errstate(over="ignore"):
        converted = array.astype(dtype)
    if dtype.kind == "f" and not (is_finite := np.isfinite(converted)).all():
        raise ValueError(
            f"{name} must be finite {dtype.name} numbers; received {array[~is_finite][0]}."
        )
    return converted
