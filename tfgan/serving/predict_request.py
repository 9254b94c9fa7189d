"""The body of a `predict` request, in TensorFlow Serving's two JSON forms.

  {"signature_name": "serving_default", "instances": [{"seed": 1}, {"seed": 2}]}   one entry per row
  {"signature_name": "serving_default", "inputs": {"seed": [1, 2]}}              one entry per input

A single input may stand without its name. tfgan adds three things. `output_filter` names the
outputs of the response. Where a model that tfgan exported takes `seed`, a row may omit `truncation`
(0: none) and `label` (-1: the sample draws its own), and where it translates images of any size,
`seed` (0). And an image to translate or to encode may be a file, {"b64": ...}, see `image_inputs`.
"""

import dataclasses
from typing import Annotated, Any

import msgspec
import numpy as np

from tfgan import files, words
from tfgan.export import translation
from tfgan.serving import body_size, image_inputs, json_arrays
from tfgan.serving.http_errors import Rejection
from tfgan.serving.limits import Limits

_DEFAULTS = {"truncation": 0.0, "label": -1}


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    signature_name: Any = "serving_default"
    instances: list[Any] | msgspec.UnsetType = msgspec.UNSET
    inputs: Any = msgspec.UNSET
    output_filter: Annotated[list[str], msgspec.Meta(min_length=1)] | msgspec.UnsetType = (
        msgspec.UNSET
    )


@dataclasses.dataclass(frozen=True)
class PredictRequest:
    """The content of a request."""

    signature: object  # `served_model.Signature`
    inputs: dict  # arrays by name
    outputs: tuple  # names of the outputs of the response
    in_rows: bool  # whether rows were given and are expected


def parse(body, model, max_batch, max_pixels=Limits.pixels):
    """The PredictRequest in a body.

    Args:
      body: bytes.
      model: `served_model.Model`.
      max_batch: int, rows of a request at most.
      max_pixels: int, pixels of its images at most.
    Raises: Rejection.
    """
    body_size.check(body, model, max_batch, max_pixels)
    try:
        request = files.parse_json(body, _Body, "The body is not a predict request in JSON")
    except ValueError as error:
        raise Rejection(400, str(error)) from error
    _check_name("signature_name", request.signature_name, model.signatures, 404)
    signature = model.signatures[request.signature_name]
    defaults = _defaults(model, signature)
    in_rows = request.instances is not msgspec.UNSET
    if in_rows == (request.inputs is not msgspec.UNSET):
        raise Rejection(400, 'A request has either "instances", a list of rows, or "inputs".')
    if in_rows:
        columns = _columns_of_rows(request.instances, signature, defaults, max_batch, model)
    else:
        columns = _named(request.inputs, signature)
        _check_inputs(columns, signature, defaults, '"inputs"', model)
    pictures = image_inputs.of_model(signature, model.metadata)
    inputs = {
        name: pictures[name].from_json(columns[name], max_pixels)
        if name in pictures
        else json_arrays.from_json(name, columns[name], spec)
        for name, spec in signature.inputs.items()
        if name in columns
    }
    if in_rows or signature.in_rows:
        _check_rows(inputs, max_batch)
    for name, spec in signature.inputs.items():
        if name not in inputs:
            count = len(next(iter(inputs.values())))
            inputs[name] = np.full(count, defaults[name], spec.dtype.as_numpy_dtype)
    if model.metadata:
        _check_values(inputs, model.metadata)
    outputs = tuple(request.output_filter or signature.outputs)
    for name in outputs:
        _check_name("output_filter", name, signature.outputs)
    return PredictRequest(signature, inputs, outputs, in_rows)


def _defaults(model, signature):
    """The values of inputs that a row may omit: dict by name."""
    if not model.metadata or "seed" not in signature.inputs:
        return {}
    defaults = _DEFAULTS | ({"seed": 0} if signature.name in translation.NAMES.values() else {})
    return {name: value for name, value in defaults.items() if name in signature.inputs}


def _check_name(argument, name, known, status=400):
    """Raises Rejection for an unknown name; what is not text may be too deep for Python's repr."""
    is_text = isinstance(name, str)
    if not is_text or name not in known:
        received = name[:50] if is_text else type(name).__name__
        raise Rejection(status, str(words.unknown(argument, received, known)))


def _columns_of_rows(rows, signature, defaults, max_batch, model):
    _check_count(len(rows), max_batch)
    rows = [_named(row, signature) for row in rows]
    for row in rows:
        _check_inputs(row, signature, defaults, "Each row", model)
    return {name: [row.get(name, defaults.get(name)) for row in rows] for name in signature.inputs}


def _named(values, signature):
    """Inputs by name; a single input may stand without its name."""
    is_bare = not isinstance(values, dict) or set(values) == {"b64"}
    is_single = is_bare and len(signature.inputs) == 1
    return dict.fromkeys(signature.inputs, values) if is_single else values


def _check_inputs(values, signature, defaults, subject, model):
    if not isinstance(values, dict):
        raise Rejection(400, f"{subject} must be an object: the inputs by their names.")
    for name in values:
        _check_name("The input", name, signature.inputs)
    for name in signature.inputs:
        if name not in values and name not in defaults:
            hint = (
                ' The signature_name "translate" takes sources alone.' if model.translates else ""
            )
            raise Rejection(400, f"The input {name!r} of {signature.name} is missing.{hint}")


def _check_rows(inputs, max_batch):
    counts = {len(array) for array in inputs.values() if array.ndim}
    if len(counts) != 1:
        raise Rejection(400, f"The inputs differ in their rows: {sorted(counts)}.")
    _check_count(counts.pop(), max_batch)


def _check_count(count, max_batch):
    if not 1 <= count <= max_batch:
        raise Rejection(400, f"A request takes from 1 to {max_batch} rows; received {count}.")


def _check_values(inputs, metadata):
    truncation, label = inputs.get("truncation"), inputs.get("label")
    if truncation is not None and metadata.get("truncation"):
        low, high = metadata["truncation"]["low"], metadata["truncation"]["high"]
        wrong = (truncation != 0) & ((truncation < low) | (high is not None and truncation > high))
        upper = "on" if high is None else f"to {high:g}"
        _refuse("truncation", truncation[wrong], f"0 (none) or from {low:g} {upper}")
    if label is not None and metadata.get("classes"):
        least, most = -1 if "seed" in inputs else 0, metadata["classes"] - 1
        wrong = (label < least) | (label > most)
        _refuse("label", label[wrong], f"from {least} to {most}")


def _refuse(name, values, expected):
    if values.size:
        raise Rejection(400, f"{name!r} must be {expected}; received {values[0]!s}.")
