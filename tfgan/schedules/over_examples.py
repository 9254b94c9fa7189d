"""A number that moves over the first examples of a run and then stays."""

import math

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("tfgan")
class BurnIn(keras.optimizers.schedules.LearningRateSchedule):
    """The schedule of `schedules.burn_in`, a function of the updates so far.

    Args:
      first, last: float, a and b.
      examples: int, 0 or more, T.
      batch_size: int, 1 or more, real examples per update, over all devices.
    Raises: ValueError for numbers out of range.
    """

    def __init__(self, first, last, examples, batch_size):
        if not (math.isfinite(first) and math.isfinite(last)):
            raise ValueError(f"first and last must be finite; received {first} and {last}.")
        if examples < 0 or batch_size < 1:
            raise ValueError(
                "examples must be 0 or more and batch_size 1 or more; "
                f"received {examples} and {batch_size}."
            )
        self.first, self.last = first, last
        self.examples, self.batch_size = examples, batch_size

    def __call__(self, update):
        """The value after a number of updates: float32 scalar tensor."""
        if not self.examples:
            return tf.constant(self.last, tf.float32)
        elapsed = tf.cast(update, tf.float32) * (self.batch_size / self.examples)
        share = (1.0 + tf.cos(math.pi * tf.minimum(elapsed, 1.0))) / 2.0
        return self.last + (self.first - self.last) * share

    def get_config(self):
        names = "first", "last", "examples", "batch_size"
        return {name: getattr(self, name) for name in names}
