"""Outputs of a model as TensorFlow Serving writes them in JSON."""

import base64

import numpy as np
import orjson

from tfgan.serving.http_errors import Rejection


def encode(outputs, in_rows):
    """The body of a response: bytes.

    Strings whose names end in `_bytes`, or that are not UTF-8, become {"b64": ...}; NaN and
    infinity become null. A single output stands without its name.

    Args:
      outputs: dict of arrays by name.
      in_rows: bool: `predictions`, one entry per row, or `outputs`, one entry per name.
    Raises: Rejection if rows are expected and the outputs do not have the same number of rows.

    >>> encode({"x": np.array([1.5, np.nan]), "y": np.array([1, 2])}, in_rows=True)
    b'{"predictions":[{"x":1.5,"y":1},{"x":null,"y":2}]}'
    """
    values = {name: _encodable(name, array) for name, array in outputs.items()}
    counts = {array.shape[:1] for array in outputs.values()}
    single = next(iter(values.values())) if len(values) == 1 else None
    if not in_rows:
        answer = {"outputs": values if single is None else single}
    elif len(counts) != 1 or counts == {()}:
        raise Rejection(400, 'The outputs are not one per row: ask with "inputs", not "instances".')
    elif single is None:
        rows = zip(*values.values(), strict=True)
        answer = {"predictions": [dict(zip(values, row, strict=True)) for row in rows]}
    else:
        answer = {"predictions": list(single)}
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def _encodable(name, array):
    """What orjson writes as the array: another array, a scalar of NumPy, or nested lists."""
    if array.dtype.kind == "O":
        encode_one = np.frompyfunc(_in_base64 if name.endswith("_bytes") else _as_text, 1, 1)
        return np.asarray(encode_one(array), object).tolist()
    if array.dtype.kind == "V":  # bfloat16, which NumPy does not have
        array = array.astype(np.float32)
    return np.asarray(array, order="C")[()]


def _in_base64(text):
    return {"b64": base64.b64encode(text).decode("ascii")}


def _as_text(text):
    try:
        return text.decode()
    except UnicodeDecodeError:
        return _in_base64(text)
