"""What the replicas of one training step do together; outside of such a step there is one replica.

A figure over the batch (a mean, a deviation) is meant over the global batch. A replica sees its
slice alone, so a mean over examples becomes the mean of the replicas' means: all have as many.
"""

from typing import TypeVar

import tensorflow as tf

Structure = TypeVar("Structure")


def count() -> int:
    """How many replicas share a global batch: int."""
    return _context().num_replicas_in_sync if _context() else 1


def index() -> int | tf.Tensor:
    """Which of the replicas this one is: int or int32 scalar tensor."""
    return _context().replica_id_in_sync_group if _context() else 0


def mean(values: Structure) -> Structure:
    """The mean over the replicas, which every replica receives; gradients flow through it.

    Args:
      values: tensor or structure of tensors, of one shape on every replica.
    Returns: the same structure.
    """
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.MEAN, values)


def total(values: Structure) -> Structure:
    """The sum over the replicas, as `mean`."""
    return values if count() == 1 else _context().all_reduce(tf.distribute.ReduceOp.SUM, values)


def _context():
    """None where a strategy is in scope but no replica runs, as while a model is built."""
    return tf.distribute.get_replica_context()
