"""One of several classes."""

import dataclasses
from typing import NoReturn

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.priors.checks import TruncationError
from tfgan.typing import Latents


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

    def __post_init__(self) -> None:
        checks.count("classes", self.classes, 2)

    @property
    def truncation_range(self) -> None:
        """None: there is nothing to cut."""

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """{name: shape of one example}."""
        return {self.name: (self.classes,)}

    def __call__(
        self, count: int | tf.Tensor, seed: tf.Tensor, truncation: tf.Tensor | None = None
    ) -> Latents:
        return self.conditional(rng.categorical(seed, count, self.classes), seed, truncation)

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: tf.Tensor | None = None
    ) -> Latents:
        """The classes `label`, int32 `[count]`, one-hot; the others decide nothing."""
        del seed, truncation
        return {self.name: tf.one_hot(label, self.classes)}

    def truncated(self, threshold: float) -> NoReturn:
        """Raises TruncationError."""
        raise TruncationError(
            "A Categorical prior cannot be truncated: no class is further out than another."
        )
