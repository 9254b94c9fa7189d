"""Exchanges a few numbers between the workers of a job, and detects a lost worker."""

import re

import numpy as np
import tensorflow as tf

# What TensorFlow raises in the other workers.
_LOST = (tf.errors.AbortedError, tf.errors.CancelledError, tf.errors.UnavailableError)
_ABORTED = "Collective ops is aborted"  # in errors of any kind


class AllGather:
    """A function: n integers -> int64 NumPy `[replicas, n]`, those of each replica's worker.

    All workers must call it at the same point; none returns before all have called.

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


def lost_worker(error):
    """The lost worker that an exception of `MultiWorkerMirroredStrategy` is about.

    Returns: str, "worker 1", or "another worker" if it is not named; None for other errors.
    """
    is_op_error = isinstance(error, tf.errors.OpError)
    if not is_op_error or not (isinstance(error, _LOST) or _ABORTED in error.message):
        return None
    task = re.search(r"/job:(chief|worker)/replica:0/task:(\d+)", error.message)
    return f"{task[1]} {task[2]}" if task else "another worker"
