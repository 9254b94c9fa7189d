"""The truncation of styles, psi, as an input of a generator.

>>> from tfgan.priors import StyleTruncation
>>> StyleTruncation().truncated(0.5)(2, seed=None)["psi"].numpy().tolist()
[[0.5], [0.5]]
"""

import dataclasses

import tensorflow as tf

from tfgan.typing import Count, Latents, Truncation


@dataclasses.dataclass(frozen=True)
class StyleTruncation:
    """psi of each example, float32 `[count, 1]`: 1, or the threshold at which it is truncated.

    A generator moves a style w to the mean of all by it: mean + psi (w - mean), see
    `layers.Styles`. The latents beside it in a `Joint` must not be truncated too: a `Sphere` has no
    outer parts.

    Args:
      name: str, the generator's input.
      psi: float in (0, 1].
    Source: Karras et al. 2019, https://arxiv.org/abs/1812.04948, appendix B.
    """

    name: str = "psi"
    psi: float = 1.0
    truncation_range = (0.0, 1.0)
    classes = None

    def __post_init__(self) -> None:
        if not 0.0 < self.psi <= 1.0:
            raise ValueError(f"psi must be in (0, 1]; received {self.psi!r}.")

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {self.name: (1,)}

    def __call__(self, count: Count, seed: tf.Tensor, truncation: Truncation = None) -> Latents:
        """psi of `count` examples; where `truncation`, float32 `[count]`, is above 0, its value."""
        del seed
        psi = tf.fill([count, 1], self.psi)
        if truncation is None:
            return {self.name: psi}
        cut = tf.cast(truncation[:, None], tf.float32)
        return {self.name: tf.where(cut > 0.0, tf.minimum(cut, psi), psi)}

    def truncated(self, threshold: float) -> "StyleTruncation":
        """The same with the smaller of the two values of psi."""
        if not 0.0 < threshold <= 1.0:
            raise ValueError(f"threshold of styles must be in (0, 1]; received {threshold!r}.")
        return dataclasses.replace(self, psi=min(self.psi, threshold))
