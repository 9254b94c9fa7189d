"""The probability with which each transform of an augmentation is applied.

It is a number, a function of the step, or adaptive: raised while the discriminator overfits.

>>> round(float(Rising(0.4, steps=10)(5)), 6)
0.2
"""

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import tensorflow as tf


@dataclasses.dataclass(frozen=True)
class Adaptive:
    """A probability that follows the discriminator: of real examples it should classify some wrong.

    Every `every` steps p += sign(mean sign D(x) - target) x (real examples since) / (1000 kimg),
    within [0, limit]. D(x) are the logits of real examples in training, over all replicas.

    Attributes:
      target: float in (-1, 1), the mean sign above which p rises.
      kimg: float above 0, the thousands of real examples in which p goes from 0 to 1.
      limit: float in (0, 1], the largest p: transforms that are always on can leak into samples.
      every: int, 1 or more, steps.
    Source: Karras et al. 2020, https://arxiv.org/abs/2006.06676, section 3.1.
    """

    target: float = 0.6
    kimg: float = 500.0
    limit: float = 0.8
    every: int = 4

    def __post_init__(self) -> None:
        is_valid = {
            "target": -1.0 < self.target < 1.0,
            "kimg": self.kimg > 0.0,
            "limit": 0.0 < self.limit <= 1.0,
            "every": self.every >= 1,
        }
        for name, right in is_valid.items():
            if not right:
                ranges = "-1 < target < 1, kimg > 0, 0 < limit <= 1 and every >= 1"
                raise ValueError(f"Adaptive needs {ranges}; received {name}={getattr(self, name)}.")

    def __str__(self) -> str:
        return f"p=adaptive,target={self.target:g},kimg={self.kimg:g}"


@dataclasses.dataclass(frozen=True)
class Rising:
    """A probability that rises from 0 along half a cosine and then stays.

    Attributes:
      p: float from 0 to 1, the last one.
      steps: int above 0, after which it is reached.
    """

    p: float
    steps: int

    def __call__(self, step: Any) -> tf.Tensor:
        """The probability at a step, int or integer scalar tensor: float32 scalar tensor."""
        part = tf.minimum(1.0, tf.cast(step, tf.float32) / self.steps)
        return self.p * 0.5 * (1.0 - tf.cos(math.pi * part))

    def __str__(self) -> str:
        return f"p={self.p:g},warmup={self.steps}"


Probability = float | Adaptive | Callable[[Any], Any]


def check(p: Probability) -> None:
    """Raises ValueError for what cannot be a probability."""
    is_number = isinstance(p, int | float) and 0.0 <= p <= 1.0
    if not (is_number or isinstance(p, Adaptive) or callable(p)):
        raise ValueError(
            f"p must be a number from 0 to 1, Adaptive, or a function of the step; received {p!r}."
        )


def from_options(options: dict[str, Any], default: Probability) -> Probability:
    """The probability of the options of a name, see `names.parse`."""
    p = options.get("p", "adaptive" if options else None)
    if p is None:
        return default
    if p == "adaptive":
        return Adaptive(**{key: value for key, value in options.items() if key != "p"})
    return Rising(p, int(options["warmup"])) if "warmup" in options else p


def written(p: Probability) -> str:
    """A probability as in a name: str."""
    if isinstance(p, int | float):
        return f"p={p:g}"
    return str(p) if isinstance(p, Adaptive | Rising) else "p=scheduled"
