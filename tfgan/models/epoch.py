"""The mean of each figure over an epoch, as Keras' History, EarlyStopping and CSVLogger expect.

`train_step` returns the figures of its step, which callbacks read after each batch. Beside them the
sums over the epoch are kept in a variable that is no part of the model, so that neither weights nor
checkpoints hold it.
"""

import tensorflow as tf


class EpochMeans:
    """Sums of figures since the epoch began.

    Args:
      most: int, how many figures there may be at most.
    """

    def __init__(self, most=64):
        self._names = []
        # One sum per figure, and the number of steps.
        self._sums = tf.Variable(
            tf.zeros([most + 1]),
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    def reset(self):
        """Begins an epoch."""
        self._sums.assign(tf.zeros_like(self._sums))

    def add(self, names, values):
        """Adds the figures of a step, inside of it.

        Args:
          names: list of str, the same in every step.
          values: float32 `[len(names)]`.
        """
        self._names = list(names)
        rest = self._sums.shape[0] - 1 - len(names)
        self._sums.assign_add(tf.concat([values, tf.zeros([rest]), [1.0]], 0))

    def read(self):
        """The means: dict of float by name; empty before the first step."""
        sums = tf.convert_to_tensor(self._sums).numpy()
        return {n: float(s / sums[-1]) for n, s in zip(self._names, sums, strict=False) if sums[-1]}
