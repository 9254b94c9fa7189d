"""Seeds of examples, for networks with dropout as their noise.

>>> from tfgan.priors import Noise
>>> Noise()(3, seed=tf.constant([0, 1]))["noise"].shape
TensorShape([3, 2])
"""

import dataclasses

import tensorflow as tf

from tfgan import rng
from tfgan.priors import checks
from tfgan.typing import Count, Latents, Truncation

_BITS = 16


@dataclasses.dataclass(frozen=True)
class Noise(checks.Untruncatable):
    """A seed per example for `layers.NoiseDropout`: int32 `[count, 2]`, any 64 bits.

    Args:
      name: str, the generator's input.
    """

    name: str = "noise"
    classes = None
    _reason = "no seed is further out than another"

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {self.name: (2,)}

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        del truncation
        halves = tf.cast(2.0**_BITS * rng.uniform(seed, count, (2, 2)), tf.int32)
        high, low = tf.unstack(halves, axis=-1)
        return {self.name: (high - 2 ** (_BITS - 1)) * 2**_BITS + low}
