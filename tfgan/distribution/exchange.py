"""How the workers of a job tell one another a few numbers, and notice that one of them is gone."""

import numpy as np
import tensorflow as tf

# What TensorFlow raises in a worker whose neighbour is gone.
_LOST = (tf.errors.AbortedError, tf.errors.CancelledError, tf.errors.UnavailableError)
_ABORTED = "Collective ops is aborted"  # in errors of any kind


class Exchange:
    """A function (numbers) -> the numbers of all workers; each must call it at the same point.

    It takes integers and returns int64 NumPy `[rows, n]`: a row a replica, which repeats what its
    worker said. No worker returns before all have called.

    Args:
      strategy: `tf.distribute.MultiWorkerMirroredStrategy`.
    """

    def __init__(self, strategy):
        self._strategy = strategy

    def __call__(self, numbers):
        return self._gather(tf.constant(numbers, tf.int64)).numpy().astype(np.int64)

    @tf.function
    def _gather(self, numbers):
        rows = self._strategy.run(lambda: tf.identity(numbers)[None])
        return self._strategy.gather(rows, axis=0)


def is_lost_worker(error):
    """Whether an exception says that another worker of the job is gone.

    Args:
      error: Exception that was raised under `tf.distribute.MultiWorkerMirroredStrategy`.
    """
    if not isinstance(error, tf.errors.OpError):
        return False
    return isinstance(error, _LOST) or _ABORTED in error.message
