"""Outputs of a model as TensorFlow Serving writes them in JSON."""

import base64

import numpy as np
import orjson


def encode(outputs, in_rows):
    """The body of an answer: bytes.

    Args:
      outputs: dict of arrays by name. A single one stands without its name. Strings whose names end
        in `_bytes`, or that are no UTF-8, become {"b64": ...}; NaN and infinity become null.
      in_rows: bool: `predictions`, one entry a row, or `outputs`, one entry a name.
    """
    values = {name: _values(name, array) for name, array in outputs.items()}
    if len(values) == 1:
        [whole] = values.values()
        rows = list(whole) if in_rows else None
    else:
        whole = values
        rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    answer = {"predictions": rows} if in_rows else {"outputs": whole}
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def _values(name, array):
    """What orjson writes as the array: another array, or nested lists."""
    if array.dtype.kind == "O":
        as_json = np.frompyfunc(_in_base64 if name.endswith("_bytes") else _as_text, 1, 1)
        return np.asarray(as_json(array), object).tolist()
    if array.dtype.kind == "V":  # bfloat16, which NumPy does not know
        return array.astype(np.float32)
    return np.ascontiguousarray(array)


def _in_base64(text):
    return {"b64": base64.b64encode(text).decode("ascii")}


def _as_text(text):
    try:
        return text.decode()
    except UnicodeDecodeError:
        return _in_base64(text)
