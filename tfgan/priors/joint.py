"""Several priors side by side."""

import dataclasses
from collections.abc import Sequence
from typing import cast

import tensorflow as tf

from tfgan import rng
from tfgan.priors.checks import TruncationError
from tfgan.priors.prior import ClassPrior, Prior
from tfgan.typing import Count, Latents, Truncation


@dataclasses.dataclass(frozen=True)
class Joint:
    """Independent priors side by side, with the entries of all.

    Args:
      priors: sequence of priors with different names. Part i draws from the seed folded with i.
    Raises: ValueError if there is no prior or a name occurs twice.
    """

    priors: Sequence[Prior]

    def __post_init__(self) -> None:
        object.__setattr__(self, "priors", tuple(self.priors))
        names = [name for prior in self.priors for name in prior.shapes]
        if not names or len(set(names)) < len(names):
            raise ValueError(
                f"priors must have one or more entries with different names; received {names}."
            )

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """{name: shape of one example} of all parts."""
        return {name: shape for prior in self.priors for name, shape in prior.shapes.items()}

    @property
    def truncation_range(self) -> tuple[float, float] | None:
        """The thresholds that all truncatable parts accept; None if there are none."""
        ranges = [prior.truncation_range for prior in self.priors if prior.truncation_range]
        if not ranges:
            return None
        lows, highs = zip(*ranges, strict=True)
        return max(lows), min(highs)

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        rows: Latents = {}
        for index, prior in enumerate(self.priors):
            rows |= prior(count, rng.fold(seed, index), truncation)
        return rows

    @property
    def classes(self) -> int | None:
        """The number of classes, if exactly one part has classes; else None."""
        counts = [prior.classes for prior in self.priors if prior.classes]
        return counts[0] if len(counts) == 1 else None

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        """As `__call__`, with the part of classes drawn given `label`."""
        rows: Latents = {}
        for index, prior in enumerate(self.priors):
            part = rng.fold(seed, index)
            if prior.classes is not None:
                rows |= cast(ClassPrior, prior).conditional(label, part, truncation)
            else:
                rows |= prior(rng.count(label), part, truncation)
        return rows

    def truncated(self, threshold: float) -> "Joint":
        """Truncates the parts that can be truncated; raises TruncationError if there are none."""
        parts = [_truncated_or_none(prior, threshold) for prior in self.priors]
        if not any(parts):
            raise TruncationError("A Joint prior cannot be truncated if none of its parts can be.")
        return Joint(tuple(cut or prior for cut, prior in zip(parts, self.priors, strict=True)))


def _truncated_or_none(prior: Prior, threshold: float) -> Prior | None:
    try:
        return prior.truncated(threshold)
    except TruncationError:
        return None
