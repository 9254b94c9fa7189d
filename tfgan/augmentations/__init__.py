"""Random changes of images, differentiable, for use inside a training step.

Every transform is a function (images, seed, p): each image is changed with probability p, by draws
of its own. `DiffAugment` and `ADA` are values that apply several of them, and `get` makes one from
a name such as "ada:blit,geometry,p=0.2". `random_affine` has ranges instead of a probability.

>>> from tfgan import augmentations
>>> augmentations.get("diffaugment").name
'diffaugment:color,translation,cutout,p=1'
"""

import importlib
from typing import TYPE_CHECKING

from tfgan.augmentations.names import SYNTAX

_LAZY = {  # names and the modules that define them: those import TensorFlow
    **dict.fromkeys(("ADA", "APA", "Augmentation", "DiffAugment", "get"), "augmentation"),
    **dict.fromkeys(("Adaptive", "Rising"), "probability"),
    "random_affine": "views",
}

__all__ = [
    "ADA", "APA", "Adaptive", "Augmentation", "DiffAugment", "Rising", "SYNTAX", "get",
    "random_affine",
]  # fmt: skip

if TYPE_CHECKING:
    from tfgan.augmentations.augmentation import ADA, APA, Augmentation, DiffAugment, get
    from tfgan.augmentations.probability import Adaptive, Rising
    from tfgan.augmentations.views import random_affine
else:

    def __getattr__(name):
        """What needs TensorFlow, imported at first use."""
        if name not in _LAZY:
            raise AttributeError(f"module 'tfgan.augmentations' has no attribute {name!r}")
        return getattr(importlib.import_module(f"tfgan.augmentations.{_LAZY[name]}"), name)
