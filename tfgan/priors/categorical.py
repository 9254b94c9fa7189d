"""One of several classes."""

import dataclasses

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.priors.checks import TruncationError


@dataclasses.dataclass(frozen=True)
class Categorical:
    """Equally likely classes, one-hot: float32 `[count, classes]`.

    Args:
      classes: int, 2 or more.
      name: str, the generator's input.
    Raises: ValueError if `classes` is not an int of 2 or more.
    """

    classes: int
    name: str = "code"
    truncation_range = None

    def __post_init__(self):
        checks.count("classes", self.classes, 2)

    @property
    def shapes(self):
        """{name: shape of one example}."""
        return {self.name: (self.classes,)}

    def __call__(self, count, seed, truncation=None):
        return self.given(rng.categorical(seed, count, self.classes), seed, truncation)

    def given(self, label, seed, truncation=None):
        """The classes `label`, int32 `[count]`, one-hot; the others decide nothing."""
        del seed, truncation
        return {self.name: tf.one_hot(label, self.classes)}

    def truncated(self, threshold):
        """Raises TruncationError."""
        raise TruncationError(
            "A Categorical prior cannot be truncated: no class is further out than another."
        )
