"""The form of the examples of a source."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tfgan import modalities
from tfgan.modalities import Modality


@dataclasses.dataclass(frozen=True)
class DataSpec:
    """The form of one example.

    Attributes:
      shape: tuple of int, of network inputs: `(height, width, channels)` of an image, `(frames,
        height, width, channels)` of a video, `(d,)` of a point, `(t, symbols)` of a text.
      modality: `Modality`, the kind of data. The constructor also takes the name of a kind that has
        no fields, or None for the kind that the shape implies.
      classes: int, how many classes there are; None without labels.
      class_names: tuple of str, one per class; empty without labels.
      conditions: dict of name -> `DataSpec`, the other entries of an example, such as the "source"
        that an image is translated from.
      is_paired: bool, False for two domains whose examples do not belong together.
    Raises: ValueError for a shape that the modality does not have, and other than one name per
      class.

    >>> DataSpec((28, 28, 1)).modality.kind, DataSpec((28, 28, 1)).dtype
    ('images', 'uint8')
    """

    shape: tuple[int, ...]
    modality: Modality = None  # pyright: ignore[reportAssignmentType]  # never after __post_init__
    classes: int | None = None
    class_names: tuple[str, ...] = ()
    conditions: "Mapping[str, DataSpec]" = dataclasses.field(default_factory=dict, hash=False)
    is_paired: bool = True

    def __post_init__(self) -> None:
        modality = modalities.resolve(self.modality, self.shape)
        object.__setattr__(self, "modality", modality)
        if len(self.class_names) != (self.classes or 0):
            raise ValueError(
                f"class_names must hold one name per class ({self.classes or 0}); received "
                f"{len(self.class_names)}."
            )

    @property
    def dtype(self) -> str:
        """The type of raw data, by NumPy's name: "uint8", "float32" or "int32"."""
        return self.modality.dtype

    @property
    def raw_shape(self) -> tuple[int, ...]:
        """The shape of an example in a batch, such as `(t,)` of a text."""
        return self.modality.raw_shape(self.shape)

    @property
    def raw_bytes(self) -> int:
        """The bytes of a raw example, without its conditions."""
        return math.prod(self.raw_shape) * np.dtype(self.dtype).itemsize

    @property
    def condition_modalities(self) -> dict[str, Modality]:
        """The modality of each condition by name: dict."""
        return {name: spec.modality for name, spec in self.conditions.items()}

    def to_dict(self) -> dict[str, Any]:
        """The spec as a dict that JSON can hold."""
        content = {
            "shape": list(self.shape),
            "dtype": self.dtype,
            "classes": self.classes,
            "class_names": list(self.class_names),
        }
        if self.conditions:
            content["conditions"] = {n: each.to_dict() for n, each in self.conditions.items()}
        if not self.is_paired:
            content["is_paired"] = False
        return content | modalities.to_dict(self.modality, self.shape)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "DataSpec":
        """The spec that `to_dict` wrote.

        Raises: ValueError for entries that do not fit together.
        """
        facts = dict(content)
        shape, classes = tuple(facts.pop("shape")), facts.pop("classes")
        class_names, dtype = tuple(facts.pop("class_names")), facts.pop("dtype")
        others = {n: cls.from_dict(each) for n, each in facts.pop("conditions", {}).items()}
        is_paired = facts.pop("is_paired", True)
        modality = modalities.from_dict(facts, shape, dtype)
        return cls(shape, modality, classes, class_names, others, is_paired)
