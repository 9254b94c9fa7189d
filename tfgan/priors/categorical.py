"""Classes."""

import dataclasses

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.typing import Count, Latents, Truncation


@dataclasses.dataclass(frozen=True)
class Categorical(checks.Untruncatable):
    """Equally likely classes, one-hot: float32 `[count, classes]`.

    Args:
      classes: int, 2 or more.
      name: str, the generator's input.
    """

    classes: int
    name: str = "code"
    _reason = "no class is further out than another"

    def __post_init__(self) -> None:
        checks.count("classes", self.classes, 2)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {self.name: (self.classes,)}

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        return self.conditional(rng.categorical(seed, count, self.classes), seed, truncation)

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        """The classes `label`, int32 `[count]`, one-hot."""
        return {self.name: tf.one_hot(label, self.classes)}
