"""What is known about a set beyond the form of its examples, such as where they come from.

A source says it of itself, so that nobody needs to guess it from a name.
"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Mixture:
    """Equally likely round Gaussians.

    Attributes:
      centers: float32 `[k, 2]`.
      std: float, the standard deviation of each, in both directions.
    """

    centers: np.ndarray
    std: float


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known about a set.

    Attributes:
      mixture: `Mixture` that points are drawn from; None where there is none.
      grammar: `toy_texts.Grammar` that texts follow; None where there is none.
      extractor: str, the extractor that was made for such examples, as `--extractor` takes it; ""
        for none.
    """

    mixture: Mixture | None = None
    grammar: object = None
    extractor: str = ""
