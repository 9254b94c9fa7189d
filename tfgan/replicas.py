"""What the replicas of one training step do together; outside of such a step there is one replica.

A figure over the batch (a mean, a deviation) is meant over the global batch. A replica sees its
slice alone, so a mean over examples becomes the mean of the replicas' means: all have as many.

A replica may compute on one microbatch of its slice after the other. Then a draw for an example is
still that of its place in the global batch, and a figure over the batch cannot be had.
"""

import contextlib
import threading
from collections.abc import Iterator
from typing import TypeVar

import tensorflow as tf

Structure = TypeVar("Structure")


class _Microbatch(threading.local):
    rows: tuple[int | tf.Tensor, int | tf.Tensor] | None = None


_microbatch = _Microbatch()  # one value per thread: MirroredStrategy traces each replica in its own


@contextlib.contextmanager
def microbatch(first: int | tf.Tensor, whole: int | tf.Tensor) -> Iterator[None]:
    """Inside the block a replica's batch is a part of it.

    Args:
      first: int or int32 scalar tensor, the number of the part's first example.
      whole: int or int32 scalar tensor, how many examples the replica has.
    """
    outer, _microbatch.rows = _microbatch.rows, (first, whole)
    try:
        yield
    finally:
        _microbatch.rows = outer


def in_microbatch() -> bool:
    """Whether a `microbatch` block is around the caller: bool."""
    return _microbatch.rows is not None


def global_rows(examples: int | tf.Tensor) -> tuple[int | tf.Tensor, int | tf.Tensor] | None:
    """Where the examples at hand are in the global batch.

    Args:
      examples: int or int32 scalar tensor, how many are at hand.
    Returns: (number of the first one, how many the batch has); None if they are the whole batch.
    """
    if count() == 1 and not in_microbatch():
        return None
    first, whole = _microbatch.rows or (0, examples)
    return index() * whole + first, count() * whole


def count() -> int:
    """How many replicas share a global batch: int."""
    return _context().num_replicas_in_sync if _context() else 1


def index() -> int | tf.Tensor:
    """Which of the replicas this one is: int or int32 scalar tensor."""
    return _context().replica_id_in_sync_group if _context() else 0


def mean(values: Structure, of: str = "") -> Structure:
    """The mean over the replicas, which every replica receives; gradients flow through it.

    Args:
      values: tensor or structure of tensors, of one shape on every replica.
      of: str, who needs a mean over the batch, such as "the penalty dragan".
    Returns: the same structure.
    Raises: ValueError in a microbatch, whose mean is not that of the batch.
    """
    if in_microbatch():
        raise ValueError(
            f"{of or 'A loss or a layer'} needs a mean over the whole batch, which microbatches do "
            "not give: use microbatches=1."
        )
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.MEAN, values)


def total(values: Structure) -> Structure:
    """The sum over the replicas, as `mean`."""
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.SUM, values)


def _context():
    """None where a strategy is in scope but no replica runs, as while a model is built."""
    return tf.distribute.get_replica_context()
