"""The body of a `predict` request, in TensorFlow Serving's two JSON forms.

  {"signature_name": "serving_default", "instances": [{"seed": 1}, {"seed": 2}]}   a row an entry
  {"signature_name": "serving_default", "inputs": {"seed": [1, 2]}}                an input an entry

A single input may stand without its name. tfgan adds two things. `output_filter` names the outputs
that are wanted. And where a model that tfgan exported takes `seed`, a row may leave out
`truncation` (0: none) and `label` (-1: the sample draws its own).
"""

import dataclasses

import numpy as np
import orjson

from tfgan.serving import json_arrays
from tfgan.serving.http_errors import Rejection

_KEYS = ("signature_name", "instances", "inputs", "output_filter")
_DEFAULTS = {"truncation": 0.0, "label": -1}


@dataclasses.dataclass(frozen=True)
class Question:
    """What a request asks for.

    Attributes:
      signature: `served_model.Signature`.
      inputs: dict of arrays by name.
      outputs: tuple of str, the outputs that are wanted.
      in_rows: bool, whether rows were given and are expected.
    """

    signature: object
    inputs: dict
    outputs: tuple
    in_rows: bool


def parse(body, model, max_batch):
    """The Question in a body.

    Args:
      body: bytes.
      model: `served_model.Model`.
      max_batch: int, the most rows.
    Raises: Rejection.
    """
    given = _object(body)
    signature = _signature(given, model)
    defaults = _DEFAULTS if model.facts and "seed" in signature.inputs else {}
    defaults = {name: value for name, value in defaults.items() if name in signature.inputs}
    in_rows = "instances" in given
    if in_rows == ("inputs" in given):
        raise Rejection(400, 'A request has either "instances", a list of rows, or "inputs".')
    if in_rows:
        columns = _columns_of_rows(given["instances"], signature, defaults, max_batch)
    else:
        columns = _columns(given["inputs"], signature, defaults)
    inputs = {
        name: json_arrays.from_json(name, columns[name], spec)
        for name, spec in signature.inputs.items()
        if name in columns
    }
    _check_batch(inputs, signature, in_rows, max_batch)
    for name in signature.inputs:
        if name not in inputs:
            count = len(next(iter(inputs.values())))
            dtype = signature.inputs[name].dtype.as_numpy_dtype
            inputs[name] = np.full(count, defaults[name], dtype)
    if model.facts:
        _check_values(inputs, model.facts)
    return Question(signature, inputs, _outputs(given, signature), in_rows)


def _object(body):
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Rejection(400, f"The body is not JSON: {error}.") from error
    if not isinstance(given, dict):
        raise Rejection(400, 'The body must be a JSON object with "instances" or "inputs".')
    for key in given:
        if key not in _KEYS:
            raise Rejection(400, f"A request has no {key[:50]!r}; it has {', '.join(_KEYS)}.")
    return given


def _signature(given, model):
    name = given.get("signature_name", "serving_default")
    if not isinstance(name, str) or name not in model.signatures:
        there = ", ".join(model.signatures)
        raise Rejection(404, f"There is no signature {_shown(name)}; there is {there}.")
    return model.signatures[name]


def _columns_of_rows(rows, signature, defaults, max_batch):
    """Rows as columns: dict of lists by the name of the input."""
    if not isinstance(rows, list):
        raise Rejection(400, '"instances" must be a list of rows.')
    _check_count(len(rows), max_batch)
    if len(signature.inputs) == 1:
        [name] = signature.inputs
        rows = [
            row if isinstance(row, dict) and set(row) != {"b64"} else {name: row} for row in rows
        ]
    for row in rows:
        if not isinstance(row, dict):
            raise Rejection(400, "Each row must be an object: the inputs by their names.")
        _check_names(row, signature, defaults)
    return {
        name: [row[name] if name in row else defaults[name] for row in rows]
        for name in signature.inputs
    }


def _columns(columns, signature, defaults):
    if len(signature.inputs) == 1 and (not isinstance(columns, dict) or set(columns) == {"b64"}):
        [name] = signature.inputs
        columns = {name: columns}
    if not isinstance(columns, dict):
        raise Rejection(400, '"inputs" must be an object: the inputs by their names.')
    _check_names(columns, signature, defaults)
    return columns


def _check_names(given, signature, defaults):
    for name in given:
        if name not in signature.inputs:
            there = ", ".join(signature.inputs)
            raise Rejection(400, f"There is no input {name[:50]!r}; there is {there}.")
    for name in signature.inputs:
        if name not in given and name not in defaults:
            raise Rejection(400, f"The input {name!r} is missing.")


def _check_batch(inputs, signature, in_rows, max_batch):
    """As many rows in every input, and not too many."""
    if not in_rows and not signature.in_rows:
        return
    counts = {len(array) for array in inputs.values() if array.ndim}
    if len(counts) != 1:
        raise Rejection(400, f"The inputs differ in their rows: {sorted(counts)}.")
    _check_count(counts.pop(), max_batch)


def _check_count(count, max_batch):
    if not 1 <= count <= max_batch:
        raise Rejection(400, f"A request takes from 1 to {max_batch} rows; received {count}.")


def _check_values(inputs, facts):
    """What the types do not say of a model that tfgan exported."""
    truncation, label = inputs.get("truncation"), inputs.get("label")
    if truncation is not None and facts.get("truncation"):
        low, high = facts["truncation"]["low"], facts["truncation"]["high"]
        wrong = (truncation != 0) & ((truncation < low) | (high is not None and truncation > high))
        if wrong.any():
            upper = "on" if high is None else f"to {high:g}"
            raise Rejection(
                400,
                f"'truncation' must be 0 (none) or from {low:g} {upper}; received "
                f"{truncation[wrong][0]:g}.",
            )
    if label is not None and facts.get("classes"):
        least, most = -1 if "seed" in inputs else 0, facts["classes"] - 1
        wrong = (label < least) | (label > most)
        if wrong.any():
            raise Rejection(
                400, f"'label' must be from {least} to {most}; received {label[wrong][0]}."
            )


def _outputs(given, signature):
    wanted = given.get("output_filter", list(signature.outputs))
    if not isinstance(wanted, list) or not wanted:
        raise Rejection(400, '"output_filter" must be a list of names of outputs.')
    for name in wanted:
        if not isinstance(name, str) or name not in signature.outputs:
            there = ", ".join(signature.outputs)
            raise Rejection(400, f"There is no output {_shown(name)}; there is {there}.")
    return tuple(wanted)


def _shown(name):
    """A name for a sentence; what is not text may be too deep for Python to write it."""
    return repr(name[:50]) if isinstance(name, str) else f"of the type {type(name).__name__}"
