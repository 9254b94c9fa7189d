"""Outputs of a model as TensorFlow Serving writes them in JSON."""

import base64

import numpy as np
import orjson

from tfgan.serving.http_errors import Rejection


def encode(outputs, in_rows):
    """The body of an answer: bytes.

    Args:
      outputs: dict of arrays by name. A single one stands without its name. Strings whose names end
        in `_bytes`, or that are no UTF-8, become {"b64": ...}; NaN and infinity become null.
      in_rows: bool: `predictions`, one entry a row, or `outputs`, one entry a name.
    Raises: Rejection if rows are wanted and the outputs have none, or not as many.
    """
    values = {name: _values(name, array) for name, array in outputs.items()}
    counts = {array.shape[:1] for array in outputs.values()}
    alone = next(iter(values.values())) if len(values) == 1 else None
    if not in_rows:
        answer = {"outputs": values if alone is None else alone}
    elif len(counts) != 1 or counts == {()}:
        raise Rejection(400, 'The outputs are not one a row: ask with "inputs", not "instances".')
    elif alone is None:
        rows = zip(*values.values(), strict=True)
        answer = {"predictions": [dict(zip(values, row, strict=True)) for row in rows]}
    else:
        answer = {"predictions": list(alone)}
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def _values(name, array):
    """What orjson writes as the array: another one, a scalar of NumPy, or nested lists."""
    if array.dtype.kind == "O":
        as_json = np.frompyfunc(_in_base64 if name.endswith("_bytes") else _as_text, 1, 1)
        return np.asarray(as_json(array), object).tolist()
    if array.dtype.kind == "V":  # bfloat16, which NumPy does not know
        array = array.astype(np.float32)
    return np.asarray(array, order="C")[()]


def _in_base64(text):
    return {"b64": base64.b64encode(text).decode("ascii")}


def _as_text(text):
    try:
        return text.decode()
    except UnicodeDecodeError:
        return _in_base64(text)
