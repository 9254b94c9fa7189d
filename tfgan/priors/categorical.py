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

    def __post_init__(self):
        checks.count("classes", self.classes, 2)

    @property
    def shapes(self):
        """{name: shape of one example}."""
        return {self.name: (self.classes,)}

    def __call__(self, count, seed):
        return self.given(rng.categorical(seed, count, self.classes), seed)

    def given(self, label, seed):
        """The classes `label`, int32 `[count]`, one-hot; `seed` decides nothing."""
        return {self.name: tf.one_hot(label, self.classes)}

    def truncated(self, threshold):
        """Raises TruncationError."""
        raise TruncationError(
            "A Categorical prior cannot be truncated: no class is further out than another."
        )
