"""The mode in which a model computes its losses: training or evaluation.

In training the layers drop units and update statistics, and the step determines the random draws.
In evaluation nothing moves, and the number of the batch determines them.

    >>> evaluation(seed=0, batch=1).training
    False
"""

import dataclasses
from collections.abc import Callable

from tfgan import rng


@dataclasses.dataclass(frozen=True)
class Mode:
    """How a model calls its networks.

    Attributes:
      training: bool, the argument of the layers.
      stream: function, purpose -> int32 `[2]` seed.
    """

    training: bool
    stream: Callable


def evaluation(seed, batch):
    """The mode for the batch of a number, int or integer scalar tensor, of an evaluation."""
    return Mode(False, lambda purpose: rng.stream(seed, batch, f"evaluation, {purpose}"))
