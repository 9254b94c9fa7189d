"""Terms with a running statistic in two stages, of which lazy regularization skips the first.

The first stage is of the examples of a replica alone, and may stand in a branch of a graph, which
is not computed in the steps between; replicas cannot communicate there. The second, cheap one
follows in every step, computes means over the replicas and moves the statistic when it is due.
"""

import abc

import tensorflow as tf

from tfgan.terms.turn import Turn


class Staged(tf.Module, abc.ABC):
    """The function of a `Term` in two stages; it does not ask the discriminator."""

    @abc.abstractmethod
    def skipped(self, turn: Turn) -> tf.Tensor:
        """Zeros in place of `measure`, of its shape and type."""

    @abc.abstractmethod
    def measure(self, turn: Turn) -> tf.Tensor:
        """What is measured on this replica's examples."""

    @abc.abstractmethod
    def conclude(self, measured: tf.Tensor, is_due: bool | tf.Tensor) -> tf.Tensor:
        """The objective, float32 `[n]`, whose mean is ignored in a step that is not due.

        Args:
          measured: the result of `measure`, or of `skipped`.
          is_due: bool scalar; the statistic does not move without it.
        """

    def __call__(self, turn: Turn) -> tf.Tensor:
        """Both stages."""
        return self.conclude(self.measure(turn), True)
