"""Communication of the replicas of a training step; outside of such a step there is one replica.

Statistics of the batch (a mean, a deviation) are those of the global batch. A replica has its slice
alone, so a mean over examples is the mean of the replicas' means, which all have equal counts.

A replica may process its slice in microbatches. The draw for an example is then still that of its
index in the global batch, and statistics of the batch are an error.

>>> from tfgan import replicas
>>> replicas.count(), replicas.mean(3.0)  # outside of a training step
(1, 3.0)
"""

import contextlib
import threading
from collections.abc import Iterator
from typing import TypeVar

import tensorflow as tf

Structure = TypeVar("Structure")


class _Microbatch(threading.local):
    rows: tuple[int | tf.Tensor, int | tf.Tensor] | None = None


_microbatch = _Microbatch()  # per thread: MirroredStrategy traces each replica in its own


@contextlib.contextmanager
def microbatch(first: int | tf.Tensor, whole: int | tf.Tensor) -> Iterator[None]:
    """Inside the block a replica processes a part of its `whole` batch, from index `first` on."""
    outer, _microbatch.rows = _microbatch.rows, (first, whole)
    try:
        yield
    finally:
        _microbatch.rows = outer


@contextlib.contextmanager
def every(stride: int) -> Iterator[None]:
    """Inside the block a replica processes every `stride`-th of its examples, or of a microbatch.

    Their numbers are multiples of `stride`.
    """
    rows = _microbatch.rows
    if rows is None:
        yield
        return
    first, whole = rows
    with microbatch(first // stride, whole // stride):
        yield


def in_microbatch() -> bool:
    """Whether the caller is in a `microbatch` block."""
    return _microbatch.rows is not None


def global_rows(examples: int | tf.Tensor) -> tuple[int | tf.Tensor, int | tf.Tensor] | None:
    """The position of the current examples in the global batch.

    Args:
      examples: int or int32 scalar tensor, their count.
    Returns: (index of the first one, size of the global batch); None if they are all of it.
    """
    if count() == 1 and not in_microbatch():
        return None
    first, whole = _microbatch.rows or (0, examples)
    return index() * whole + first, count() * whole


def count() -> int:
    """The number of replicas that share a global batch."""
    return _context().num_replicas_in_sync if _context() else 1


def index() -> int | tf.Tensor:
    """The index of this replica: int or int32 scalar tensor."""
    return _context().replica_id_in_sync_group if _context() else 0


def mean(values: Structure, of: str = "") -> Structure:
    """The mean over the replicas, on every replica; it is differentiable.

    Args:
      values: tensor or structure of tensors, of one shape on every replica.
      of: str, what needs it, for the error, such as "The penalty dragan".
    Raises: ValueError in a microbatch.
    """
    if in_microbatch():
        raise ValueError(
            f"{of or 'A loss or a layer'} needs a mean over the whole batch, which microbatches do "
            "not give: use microbatches=1."
        )
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.MEAN, values)


def total(values: Structure) -> Structure:
    """The sum over the replicas, see `mean`."""
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.SUM, values)


def gather(rows: tf.Tensor, of: str = "") -> tf.Tensor:
    """The rows of all replicas, in the order of the global batch, on every replica.

    Args:
      rows: float32 `[b, ...]`, those of this replica; all have equally many. It is differentiable.
      of: str, what needs all rows for its value, for the error; "" where a part will do.
    Raises: ValueError in a microbatch, if `of` is given.
    """
    if of and in_microbatch():
        raise ValueError(
            f"{of} needs the examples of the whole batch, which microbatches do not give: use "
            "microbatches=1."
        )
    if count() == 1:
        return rows
    static = rows.shape[0]
    own = tf.shape(rows)[0] if static is None else static
    padding = [[0, (count() - 1) * own], *[[0, 0]] * (rows.shape.rank - 1)]
    # Each replica's rows among zeros: the sum over the replicas is all rows.
    return total(tf.roll(tf.pad(rows, padding), index() * own, axis=0))


def _context():
    """None where a strategy is in scope but no replica runs, such as while a model is built."""
    return tf.distribute.get_replica_context()
