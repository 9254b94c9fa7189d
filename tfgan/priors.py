"""Priors: what a generator starts from.

A prior is a value that is called: `prior(count, seed)` -> {name: float32 `[count, size]`}, where
`seed` is an int32 `[2]`; one seed, one set of rows. The names are the names of the generator's
inputs and `prior.shapes` gives the shape of one example of each, which is all one needs to build
the generator.

`prior.truncated(threshold)` is the prior with its outer parts cut off: samples closer to the
middle, better on average and less varied (Brock et al. 2018, https://arxiv.org/abs/1809.11096,
section 3.1). A prior without outer parts raises `TruncationError`.

To number samples, so that sample i of a seed is the same in any batch, draw with
`rng.per_example(prior, seed, indices)`.
"""

import dataclasses
import math
import numbers

import tensorflow as tf

from tfgan import rng

_HALF_STEP = 2.0**-23  # rng.uniform(low=-1, high=1) has steps of 2^-22 and starts at -1


class TruncationError(ValueError):
    """The prior has no outer parts that could be cut off."""


@dataclasses.dataclass(frozen=True)
class _Vector:
    """A prior of one vector per example."""

    size: int

    def __post_init__(self):
        _check_count("size", self.size, 1)

    @property
    def shapes(self):
        """{name: shape of one example}."""
        return {self.name: (self.size,)}


@dataclasses.dataclass(frozen=True)
class Normal(_Vector):
    """N(0, I).

    Args:
      size: int, numbers per example.
      name: str, the generator's input.
    Raises: ValueError if `size` is not a positive int.
    """

    name: str = "latent"

    def __call__(self, count, seed):
        return {self.name: rng.normal(seed, count, (self.size,))}

    def truncated(self, threshold):
        """The `TruncatedNormal` of this size, threshold and name."""
        return TruncatedNormal(self.size, threshold, self.name)


@dataclasses.dataclass(frozen=True)
class TruncatedNormal(_Vector):
    """N(0, I) given that every number lies in [-threshold, threshold].

    z = Phi^-1(Phi(-t) + u (Phi(t) - Phi(-t))) = sqrt(2) erfinv((2 u - 1) erf(t / sqrt(2))),
    u ~ U(0, 1): the inverse of the cumulative distribution, so exact and without redrawing.

    Args:
      size: int, numbers per example.
      threshold: float t above 0, in standard deviations of the normal that is cut.
      name: str, the generator's input.
    Raises: ValueError if `size` is not a positive int or `threshold` not above 0.
    Differs: u has 2^23 values, so that no |z| exceeds 5.3, whatever the threshold.
    """

    threshold: float
    name: str = "latent"

    def __post_init__(self):
        super().__post_init__()
        _check_positive("threshold", self.threshold)

    def __call__(self, count, seed):
        # Moved by half a step, the draw is symmetric and never -1, where erfinv is infinite.
        centred = rng.uniform(seed, count, (self.size,), -1.0, 1.0) + _HALF_STEP
        z = math.sqrt(2.0) * tf.math.erfinv(centred * math.erf(self.threshold / math.sqrt(2.0)))
        return {self.name: tf.clip_by_value(z, -self.threshold, self.threshold)}  # rounding

    def truncated(self, threshold):
        """The same with the smaller of the two thresholds."""
        _check_positive("threshold", threshold)
        return dataclasses.replace(self, threshold=min(self.threshold, threshold))


@dataclasses.dataclass(frozen=True)
class Uniform(_Vector):
    """Independent numbers of U[low, high).

    Args:
      size: int, numbers per example.
      low, high: floats, low < high.
      name: str, the generator's input.
    Raises: ValueError if `size` is not a positive int or `low` not below `high`.
    """

    low: float = -1.0
    high: float = 1.0
    name: str = "latent"

    def __post_init__(self):
        super().__post_init__()
        if not self.low < self.high:
            raise ValueError(f"low must be below high, received {self.low!r} and {self.high!r}.")

    def __call__(self, count, seed):
        return {self.name: rng.uniform(seed, count, (self.size,), self.low, self.high)}

    def truncated(self, threshold):
        """The middle part of the range; `threshold` in (0, 1] is the share of it that is kept."""
        if not 0.0 < threshold <= 1.0:
            raise ValueError(
                "threshold of a Uniform prior must be in (0, 1], the share of its range to keep, "
                f"received {threshold!r}."
            )
        middle, reach = (self.low + self.high) / 2, threshold * (self.high - self.low) / 2
        return dataclasses.replace(self, low=middle - reach, high=middle + reach)


@dataclasses.dataclass(frozen=True)
class Sphere(_Vector):
    """Uniform on the sphere ||z|| = radius: radius n / ||n||, n ~ N(0, I).

    Args:
      size: int, numbers per example.
      radius: float above 0, or None for sqrt(size), the typical norm of `Normal(size)`, so that
        a network made for the one suits the other.
      name: str, the generator's input.
    Raises: ValueError if `size` is not a positive int or `radius` not above 0.
    """

    radius: float | None = None
    name: str = "latent"

    def __post_init__(self):
        super().__post_init__()
        if self.radius is not None:
            _check_positive("radius", self.radius)

    def __call__(self, count, seed):
        radius = math.sqrt(self.size) if self.radius is None else self.radius
        direction = tf.math.l2_normalize(rng.normal(seed, count, (self.size,)), axis=-1)
        return {self.name: radius * direction}

    def truncated(self, threshold):
        """Raises TruncationError."""
        raise TruncationError(
            "A Sphere prior cannot be truncated: all its points are equally far from the middle."
        )


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
        _check_count("classes", self.classes, 2)

    @property
    def shapes(self):
        """{name: shape of one example}."""
        return {self.name: (self.classes,)}

    def __call__(self, count, seed):
        return {self.name: tf.one_hot(rng.categorical(seed, count, self.classes), self.classes)}

    def truncated(self, threshold):
        """Raises TruncationError."""
        raise TruncationError(
            "A Categorical prior cannot be truncated: no class is further out than another."
        )


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

    def __call__(self, count, seed):
        rows = {}
        for index, prior in enumerate(self.priors):
            rows |= prior(count, rng.fold(seed, index))
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


def _check_count(name, value, least):
    if not isinstance(value, numbers.Integral) or value < least:
        raise ValueError(f"{name} must be an int of {least} or more, received {value!r}.")


def _check_positive(name, value):
    if not value > 0.0:
        raise ValueError(f"{name} must be above 0, received {value!r}.")
