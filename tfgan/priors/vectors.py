"""Vectors: normal, uniform, on a sphere.

>>> from tfgan.priors import Normal
>>> Normal(8).truncated(0.5)
TruncatedNormal(size=8, threshold=0.5, name='latent')
"""

import dataclasses
import math

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.typing import Count, Latents, Scalar, Truncation

_HALF_STEP = 2.0**-23  # rng.uniform(low=-1, high=1) has steps of 2^-22 and starts at -1


class _Vector:
    """A prior of one vector per example; the dataclasses below declare the fields."""

    size: int
    name: str
    classes: int | None = None
    truncation_range: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        checks.count("size", self.size, 1)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {self.name: (self.size,)}


def _cut_normal(
    count: Count, seed: tf.Tensor, size: int, threshold: Scalar, mass: Scalar
) -> tf.Tensor:
    """N(0, 1) in [-threshold, threshold], mass = erf(threshold / sqrt(2)): `[count, size]`."""
    # Moved by half a step, the draw is symmetric and never -1, where erfinv is infinite.
    centered = rng.uniform(seed, count, (size,), -1.0, 1.0) + _HALF_STEP
    z = math.sqrt(2.0) * tf.math.erfinv(centered * mass)
    return tf.clip_by_value(z, -threshold, threshold)  # rounding


def _cut_rows(
    count: Count, seed: tf.Tensor, size: int, threshold: float, truncation: tf.Tensor
) -> tf.Tensor:
    """The same with the smaller of the thresholds of the prior and of each row (0: none)."""
    of_rows = tf.where(truncation > 0.0, truncation, math.inf)
    thresholds = tf.minimum(tf.cast(of_rows, tf.float64), threshold)[:, None]
    # erf is 1 in float32 from 6 on, and TensorFlow's is NaN at infinity.
    mass = tf.cast(tf.math.erf(tf.minimum(thresholds, 10.0) / math.sqrt(2.0)), tf.float32)
    return _cut_normal(count, seed, size, tf.cast(thresholds, tf.float32), mass)


@dataclasses.dataclass(frozen=True)
class Normal(_Vector):
    """N(0, I).

    Args:
      size: int, of an example.
      name: str, the generator's input.
    """

    size: int
    name: str = "latent"
    truncation_range = (0.0, math.inf)

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        if truncation is None:
            return {self.name: rng.normal(seed, count, (self.size,))}
        return {self.name: _cut_rows(count, seed, self.size, math.inf, truncation)}

    def truncated(self, threshold: float) -> "TruncatedNormal":
        """The `TruncatedNormal` with this threshold."""
        return TruncatedNormal(self.size, threshold, self.name)


@dataclasses.dataclass(frozen=True)
class TruncatedNormal(_Vector):
    """N(0, I) given that every number lies in [-threshold, threshold].

    z = Phi^-1(Phi(-t) + u (Phi(t) - Phi(-t))) = sqrt(2) erfinv((2 u - 1) erf(t / sqrt(2))),
    u ~ U(0, 1): the inverse of the cumulative distribution.

    Args:
      size: int, of an example.
      threshold: float t above 0, in standard deviations of the normal.
      name: str, the generator's input.
    Differs: u has 2^23 values, so that |z| is 5.3 at most.
    """

    size: int
    threshold: float
    name: str = "latent"
    truncation_range = (0.0, math.inf)

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.positive("threshold", self.threshold)

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        if truncation is None:
            mass = math.erf(self.threshold / math.sqrt(2.0))
            return {self.name: _cut_normal(count, seed, self.size, self.threshold, mass)}
        return {self.name: _cut_rows(count, seed, self.size, self.threshold, truncation)}

    def truncated(self, threshold: float) -> "TruncatedNormal":
        """The same with the smaller of the two thresholds."""
        checks.positive("threshold", threshold)
        return dataclasses.replace(self, threshold=min(self.threshold, threshold))


@dataclasses.dataclass(frozen=True)
class Uniform(_Vector):
    """Independent numbers of U[low, high).

    Args:
      size: int, of an example.
      low, high: floats, low < high.
      name: str, the generator's input.
    """

    size: int
    low: float = -1.0
    high: float = 1.0
    name: str = "latent"
    truncation_range = (0.0, 1.0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low < self.high:
            raise ValueError(f"low must be below high; received {self.low!r} and {self.high!r}.")

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        if truncation is None:
            return {self.name: rng.uniform(seed, count, (self.size,), self.low, self.high)}
        share = tf.cast(truncation[:, None], tf.float64)
        middle, reach = (self.low + self.high) / 2, share * (self.high - self.low) / 2
        low = tf.where(share > 0.0, middle - reach, self.low)
        width = tf.where(share > 0.0, middle + reach, self.high) - low
        unit = rng.uniform(seed, count, (self.size,))
        return {self.name: tf.cast(low, tf.float32) + tf.cast(width, tf.float32) * unit}

    def truncated(self, threshold: float) -> "Uniform":
        """The middle part of the range; `threshold` in (0, 1] is its fraction of the range."""
        if not 0.0 < threshold <= 1.0:
            raise ValueError(
                "threshold of a Uniform prior must be in (0, 1], a fraction of its range; "
                f"received {threshold!r}."
            )
        middle, reach = (self.low + self.high) / 2, threshold * (self.high - self.low) / 2
        return dataclasses.replace(self, low=middle - reach, high=middle + reach)


@dataclasses.dataclass(frozen=True)
class Sphere(checks.Untruncatable, _Vector):
    """Uniform on the sphere ||z|| = radius: radius n / ||n||, n ~ N(0, I).

    Args:
      size: int, of an example.
      radius: float above 0, or None for sqrt(size), the typical norm of `Normal(size)`.
      name: str, the generator's input.
    """

    size: int
    radius: float | None = None
    name: str = "latent"
    _reason = "all its points are equally far from the middle"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.radius is not None:
            checks.positive("radius", self.radius)

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        direction = tf.math.l2_normalize(rng.normal(seed, count, (self.size,)), axis=-1)
        return {self.name: self.length * direction}

    @property
    def length(self) -> float:
        """The norm of every latent."""
        return math.sqrt(self.size) if self.radius is None else self.radius
