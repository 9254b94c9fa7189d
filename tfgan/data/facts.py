"""What is known about a dataset besides the form of its examples, such as their distribution."""

import dataclasses
from collections.abc import Callable

import numpy as np


@dataclasses.dataclass(frozen=True)
class Mixture:
    """Equally likely isotropic Gaussians in the plane.

    Attributes:
      centers: float32 `[k, 2]`.
      std: float, the standard deviation of each, in both directions.
    """

    centers: np.ndarray
    std: float


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known about a dataset.

    Attributes:
      mixture: `Mixture` that points are drawn from, or None.
      grammar: `toy_texts.Grammar` that texts follow, or None.
      extractor: str, the extractor that was made for such examples, as `--extractor` takes it; ""
        for none.
      mask_of: function, raw images `[n, h, w, c]` -> uint8 `[n, h, w, 1]`, the true class of each
        pixel; or None.
      has_equal_classes: bool, whether the classes of the extractor are equally likely.
    """

    mixture: Mixture | None = None
    grammar: object = None
    extractor: str = ""
    mask_of: Callable[[np.ndarray], np.ndarray] | None = None
    has_equal_classes: bool = False
