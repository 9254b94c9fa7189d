"""The types of priors."""

from typing import Protocol

import tensorflow as tf

from tfgan.typing import Count, Latents, Truncation


class Prior(Protocol):
    """A distribution of latents; any object with these members is one, see the package.

    Attributes:
      shapes: dict, the shape of one example, tuple of int, by the name of a generator's input.
      classes: int, the number of equally likely classes of a `ClassPrior`, or None.
      truncation_range: (low, high), of the thresholds low < t <= high of `truncated`, or None.
    """

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]: ...

    @property
    def classes(self) -> int | None: ...

    @property
    def truncation_range(self) -> tuple[float, float] | None: ...

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        """Draws `count` examples: float32 (int32 for `Noise`) `[count, *shape]` by name.

        Args:
          count: int or int32 scalar tensor.
          seed: int32 `[2]`, stateless; one seed, one set of rows.
          truncation: float32 `[count]`, the threshold of each row, 0 for no truncation; or None.
        """
        ...

    def truncated(self, threshold: float) -> "Prior":
        """The prior without its parts beyond a threshold.

        Raises: TruncationError if it has no outer parts.
        """
        ...


def take_row_seeds(prior: Prior) -> bool:
    """Whether a prior takes a seed per row, int32 `[count, 2]`: one that draws by `rng` alone."""
    parts = getattr(prior, "priors", (prior,))
    return all(type(each).__module__.startswith("tfgan.") for each in (prior, *parts))


class ClassPrior(Prior, Protocol):
    """A prior made of classes."""

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        """Draws one example of the class of each label, int32 `[count]`."""
        ...
