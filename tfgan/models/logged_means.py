"""Weighted means of logged scalars over an epoch or an evaluation."""

import tensorflow as tf


class LoggedMeans:
    """Weighted means, with sums in a variable that neither weights nor checkpoints hold.

    Args:
      capacity: int, the largest number of scalars.
    """

    def __init__(self, capacity=64):
        self._names = []
        # One sum per scalar, the number of batches, and the sum of their weights.
        self._sums = tf.Variable(
            tf.zeros([capacity + 2]),
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    @property
    def batches(self):
        """The number of batches since the last reset: int64 scalar tensor."""
        return tf.cast(tf.convert_to_tensor(self._sums)[-2], tf.int64)

    def reset(self):
        self._sums.assign(tf.zeros_like(self._sums))

    def add(self, names, values, weight=1.0):
        """Adds the scalars of a batch, inside of a step.

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
