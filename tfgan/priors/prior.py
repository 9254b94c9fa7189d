"""What every prior can do, as a type."""

from typing import Protocol

import tensorflow as tf

from tfgan.typing import Latents


class Prior(Protocol):
    """What a generator starts from; any object with these members is one, see the package.

    Attributes:
      shapes: dict, by the name of a generator's input the shape of one example, tuple of int.
      classes: int, how many equally likely classes it is made of; None for none. With classes it
        also has the method `conditional`, see `ClassPrior`.
      truncation_range: (low, high), the thresholds low < t <= high at which it can be cut; None for
        nowhere.
    """

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]: ...

    @property
    def classes(self) -> int | None: ...

    @property
    def truncation_range(self) -> tuple[float, float] | None: ...

    def __call__(
        self, count: int | tf.Tensor, seed: tf.Tensor, truncation: tf.Tensor | None = None
    ) -> Latents:
        """Draws `count` examples: float32 `[count, *shape]` by name.

        Args:
          count: int or int32 scalar tensor.
          seed: int32 `[2]`, stateless; one seed, one set of rows.
          truncation: float32 `[count]`, where each row is cut, 0 for nowhere; None for nowhere.
        """
        ...

    def truncated(self, threshold: float) -> "Prior":
        """The prior cut at a threshold.

        Raises: TruncationError if it has no outer parts; ValueError for a threshold out of range.
        """
        ...


class ClassPrior(Prior, Protocol):
    """A prior that is made of classes."""

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: tf.Tensor | None = None
    ) -> Latents:
        """Draws one example per label, int32 `[count]`, from its class."""
        ...
