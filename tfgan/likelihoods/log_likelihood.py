"""A log-likelihood that cannot be told without saying what it is."""

import dataclasses
import math

import numpy as np

KINDS = ("exact", "lower bound", "estimate")


@dataclasses.dataclass(frozen=True)
class LogLikelihood:
    """log p(x) of each of n examples.

    Attributes:
      nats: float64 `[n]`.
      kind: "exact", "lower bound" (its expectation is at most log p(x)) or "estimate" (it may lie
        on either side).
      shared_error: float, nats, the standard error of a part that all examples share, such as an
        estimated log Z; 0 where there is none.
    Raises: ValueError for another kind or shape.
    """

    nats: np.ndarray
    kind: str
    shared_error: float = 0.0

    def __post_init__(self):
        object.__setattr__(self, "nats", np.asarray(self.nats, np.float64))
        if self.kind not in KINDS:
            raise ValueError(f"kind must be {', '.join(KINDS)}; received {self.kind!r}.")
        if self.nats.ndim != 1 or not len(self.nats):
            raise ValueError(
                f"nats must have one number an example; received shape {self.nats.shape}."
            )

    @property
    def mean(self):
        """The mean over the examples: float, nats."""
        return float(self.nats.mean())

    @property
    def standard_error(self):
        """Of the mean: over the examples, and of the part that they share. NaN for one example."""
        if len(self.nats) == 1:
            return math.nan
        over_examples = self.nats.std(ddof=1) / math.sqrt(len(self.nats))
        return float(math.hypot(over_examples, self.shared_error))

    def bits_per_dimension(self, dimensions):
        """-mean / (dimensions log 2): float.

        Args:
          dimensions: int, numbers in an example, such as 784 pixels.
        """
        return -self.mean / (dimensions * math.log(2.0))
