"""Several priors side by side."""

import dataclasses

from tfgan import rng
from tfgan.priors.checks import TruncationError


@dataclasses.dataclass(frozen=True)
class Joint:
    """Independent priors side by side; the result has the entries of all.

    Args:
      priors: sequence of priors with different names. Part i draws from the seed folded with i.
    Raises: ValueError if there is no prior or a name occurs twice.
    """

    priors: tuple

    def __post_init__(self):
        object.__setattr__(self, "priors", tuple(self.priors))
        names = [name for prior in self.priors for name in prior.shapes]
        if not names or len(set(names)) < len(names):
            raise ValueError(
                f"priors must have one or more entries with different names, received {names}."
            )

    @property
    def shapes(self):
        """{name: shape of one example} of all parts."""
        return {name: shape for prior in self.priors for name, shape in prior.shapes.items()}

    @property
    def truncation_range(self):
        """What suits all parts that can be truncated; None if there are none."""
        ranges = [prior.truncation_range for prior in self.priors if prior.truncation_range]
        if not ranges:
            return None
        lows, highs = zip(*ranges, strict=True)
        return max(lows), min(highs)

    def __call__(self, count, seed, truncation=None):
        rows = {}
        for index, prior in enumerate(self.priors):
            rows |= prior(count, rng.fold(seed, index), truncation)
        return rows

    @property
    def classes(self):
        """The number of classes, if exactly one part has classes; else None."""
        found = [prior.classes for prior in self.priors if prior.classes]
        return found[0] if len(found) == 1 else None

    def given(self, label, seed, truncation=None):
        """As `__call__`, with the part that has classes drawn from the classes `label`."""
        rows = {}
        for index, prior in enumerate(self.priors):
            part = rng.fold(seed, index)
            is_told = prior.classes is not None
            if is_told:
                rows |= prior.given(label, part, truncation)
            else:
                rows |= prior(rng.count(label), part, truncation)
        return rows

    def truncated(self, threshold):
        """Truncates the parts that can be and keeps the others.

        Raises: TruncationError if no part can be; ValueError if `threshold` does not suit one.
        """
        parts = [_truncated_or_none(prior, threshold) for prior in self.priors]
        if not any(parts):
            raise TruncationError("A Joint prior cannot be truncated if none of its parts can be.")
        return Joint(tuple(cut or prior for cut, prior in zip(parts, self.priors, strict=True)))


def _truncated_or_none(prior, threshold):
    try:
        return prior.truncated(threshold)
    except TruncationError:
        return None
