"""How much the body of a legal request can hold, which is checked before the body is decoded.

A decoder makes an object of every entry: three million empty rows, 9 MB, take it most of a second.
To count the signs `,`, `[` and `{` takes a hundredth of that.
"""

import dataclasses
import math

import tensorflow as tf

from tfgan.serving import image_inputs
from tfgan.serving.http_errors import Rejection

_SMALL = 65_536  # bytes; shorter bodies are cheap, whatever they hold
_OTHER = 1_000  # signs of what is not an input, such as the names of outputs
_SIGNS = {b",": "entries", b"[": "lists", b"{": "objects"}


@dataclasses.dataclass(frozen=True)
class Content:
    """The numbers of JSON values.

    Attributes:
      entries: int, all that a list or an object holds.
      lists, objects: int.
    """

    entries: int
    lists: int
    objects: int


def check(body, model, max_batch, max_pixels):
    """Raises Rejection for a body with more entries than any legal request of a model.

    Args:
      body: bytes.
      model: `served_model.Model`.
      max_batch: int, rows of a request at most.
      max_pixels: int, pixels of its images at most.
    """
    if len(body) <= _SMALL:
        return
    contents = [most(x, model.metadata, max_batch, max_pixels) for x in model.signatures.values()]
    if None in contents:
        return
    for sign, noun in _SIGNS.items():
        limit, count = max(getattr(each, noun) for each in contents), body.count(sign)
        if count > limit:
            raise Rejection(
                400,
                f"A request of up to {max_batch} rows holds {limit:,} {noun} at most; the body has "
                f"{count:,}.",
            )


def most(signature, metadata, max_batch, max_pixels):
    """The largest `Content` of a request of a signature; None if nothing limits it.

    Args:
      signature: `served_model.Signature`.
      metadata: see `served_model.Model`.
      max_batch, max_pixels: see `check`.
    """
    pictures = image_inputs.of_model(signature, metadata)
    sizes = [
        _of_input(x, n in pictures, max_batch, max_pixels) for n, x in signature.inputs.items()
    ]
    if None in sizes:
        return None
    values, lists = (sum(column) for column in zip(*sizes, strict=True)) if sizes else (0, 0)
    objects = max_batch * (1 + len(sizes)) + _OTHER  # each row, and each file in a row
    return Content(values + lists + 2 * objects, lists + _OTHER, objects)


def _of_input(spec, is_picture, max_batch, max_pixels):
    """(The values, the lists around them) of an input at most, or None."""
    if spec.shape.rank is None or spec.dtype == tf.string:  # text may hold any sign
        return None
    rows, *sizes = [*spec.shape] or [1]
    rows = max_batch if rows is None else rows
    if is_picture:
        return max_pixels * sizes[-1], 1 + rows + 2 * max_pixels
    if None in sizes:
        return None
    lists = [math.prod(sizes[:depth]) for depth in range(len(sizes))]
    return rows * math.prod(sizes), 1 + rows * sum(lists)
