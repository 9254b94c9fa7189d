"""Distributions in the plane made of classes: a ring of Gaussians, a Swiss roll.

Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644, Figures 2 and 4. Differs: sizes
that the paper does not give.
"""

import abc
import dataclasses
import math

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.typing import Count, Latents, Truncation


class _Plane(checks.Untruncatable, abc.ABC):
    """Points `[count, 2]` of equally likely classes; the dataclasses below declare the fields."""

    classes: int
    name: str
    _reason = "its parts have no common middle"

    def __post_init__(self) -> None:
        checks.count("classes", self.classes, 2)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {self.name: (2,)}

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        label = rng.categorical(rng.fold(seed, 0), count, self.classes)
        return self.conditional(label, rng.fold(seed, 1), truncation)

    @abc.abstractmethod
    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        """Points of the classes `label`, int32 `[count]`, as `__call__` returns them."""


@dataclasses.dataclass(frozen=True)
class Mixture(_Plane):
    """Equally likely Gaussians on a ring, each stretched along its radius.

    Component c is N(r e_c, a^2 e_c e_c^T + b^2 f_c f_c^T) with e_c the unit vector at the angle
    2 pi c / k, f_c the one perpendicular to it, and (a, b) the deviations.

    Args:
      classes: int k, components.
      radius: float r above 0, of the ring.
      deviations: (float, float) above 0, along the radius and across it.
      name: str, the decoder's input.
    """

    classes: int
    radius: float = 2.0
    deviations: tuple[float, float] = (0.5, 0.15)
    name: str = "latent"

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.positive("radius", self.radius)
        for index, deviation in enumerate(self.deviations):
            checks.positive(f"deviations[{index}]", deviation)

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        along, across = self.deviations
        noise = rng.normal(seed, rng.count(label), (2,))
        angle = tf.cast(label, tf.float32) * (2.0 * math.pi / self.classes)
        outwards = self.radius + along * noise[:, 0]
        sideways = across * noise[:, 1]
        x = outwards * tf.cos(angle) - sideways * tf.sin(angle)
        y = outwards * tf.sin(angle) + sideways * tf.cos(angle)
        return {self.name: tf.stack([x, y], axis=1)}


@dataclasses.dataclass(frozen=True)
class SwissRoll(_Plane):
    """A thick spiral, whose classes are its pieces from the innermost to the outermost.

    (r t / t_1) (cos t, sin t) + d n, n ~ N(0, I), t = sqrt(t_0^2 + u (t_1^2 - t_0^2)), u ~ U[0, 1),
    from t_0 = 1.5 pi to t_1 = 4.5 pi; class c of k has c / k <= u < (c + 1) / k. The length of the
    spiral grows nearly with t^2, so that the density along it is nearly constant.

    Args:
      classes: int k, pieces.
      radius: float r above 0, of the outer end.
      deviation: float d above 0, of the noise.
      name: str, the decoder's input.
    """

    classes: int
    radius: float = 2.5
    deviation: float = 0.1
    name: str = "latent"

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.positive("radius", self.radius)
        checks.positive("deviation", self.deviation)

    def conditional(
        self, label: tf.Tensor, seed: tf.Tensor, truncation: Truncation = None
    ) -> Latents:
        count, inner, outer = rng.count(label), 1.5 * math.pi, 4.5 * math.pi
        u = (tf.cast(label, tf.float32) + rng.uniform(rng.fold(seed, 0), count)) / self.classes
        t = tf.sqrt(inner**2 + u * (outer**2 - inner**2))
        spiral = (self.radius / outer) * t[:, None] * tf.stack([tf.cos(t), tf.sin(t)], axis=1)
        return {self.name: spiral + self.deviation * rng.normal(rng.fold(seed, 1), count, (2,))}
