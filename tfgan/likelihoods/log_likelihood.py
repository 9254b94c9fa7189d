"""Log-likelihoods with their kind."""

import dataclasses
import math

import numpy as np

KINDS = ("exact", "lower bound", "estimate")


@dataclasses.dataclass(frozen=True)
class LogLikelihood:
    """log p(x) of each of n examples.

    Attributes:
      nats: float64 `[n]`.
      kind: "exact", "lower bound" (in expectation) or "estimate".
      shared_error: float, nats, the standard error of a term that all examples share, such as an
        estimated log Z; 0 without one.
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
                f"nats must have one number per example; received shape {self.nats.shape}."
            )

    @property
    def mean(self):
        """The mean over the examples: float, nats."""
        return float(self.nats.mean())

    @property
    def standard_error(self):
        """Of the mean, the shared error included: float, nats. NaN for one example."""
        if len(self.nats) == 1:
            return math.nan
        over_examples = self.nats.std(ddof=1) / math.sqrt(len(self.nats))
        return float(math.hypot(over_examples, self.shared_error))

    def bits_per_dimension(self, dimensions):
        """-mean / (dimensions log 2), for int dimensions of an example, such as 784: float."""
        return -self.mean / (dimensions * math.log(2.0))
