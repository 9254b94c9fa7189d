"""Whether a model learns from a batch or judges it, and the figures of either.

A loss is a function of a batch and of a mode. In training layers drop and move, and the step
decides the draws; in judging, as `evaluate` does, nothing moves, and the number of the batch
decides them.
"""

import dataclasses
from collections.abc import Callable

import tensorflow as tf

from tfgan import rng


@dataclasses.dataclass(frozen=True)
class Mode:
    """How the networks of a model are called.

    Attributes:
      training: bool, whether layers act as in training.
      stream: function, purpose -> int32 `[2]` seed.
    """

    training: bool
    stream: Callable


def judging(seed, batch):
    """The mode of one batch of an evaluation.

    Args:
      seed: int, of the model.
      batch: int or integer scalar tensor, the number of the batch.
    """
    return Mode(False, lambda purpose: rng.stream(seed, batch, f"evaluation, {purpose}"))


class Means:
    """Weighted means of figures over an epoch or an evaluation.

    The sums are kept in a variable that is no part of the model, so that neither weights nor
    checkpoints hold it.

    Args:
      most: int, how many figures there may be at most.
    """

    def __init__(self, most=64):
        self._names = []
        # One sum per figure, the number of batches, and the sum of their weights.
        self._sums = tf.Variable(
            tf.zeros([most + 2]),
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    @property
    def batches(self):
        """How many batches were added since the beginning: int64 scalar tensor."""
        return tf.cast(tf.convert_to_tensor(self._sums)[-2], tf.int64)

    def reset(self):
        """Begins anew."""
        self._sums.assign(tf.zeros_like(self._sums))

    def add(self, names, values, weight=1.0):
        """Adds the figures of a batch, inside of a step.

        Args:
          names: list of str, the same for every batch.
          values: float32 `[len(names)]`.
          weight: float, or float32 scalar tensor.
        """
        self._names = list(names)
        rest = tf.zeros([self._sums.shape[0] - 2 - len(names)])
        self._sums.assign_add(tf.concat([weight * values, rest, tf.stack([1.0, weight])], 0))

    def read(self):
        """The means: dict of float by name; empty before the first batch."""
        sums = tf.convert_to_tensor(self._sums).numpy()
        return {n: float(s / sums[-1]) for n, s in zip(self._names, sums, strict=False) if sums[-1]}
