"""What the examples of a source look like."""

import dataclasses
from collections.abc import Mapping
from typing import Any

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
    Raises: ValueError for a shape that the modality does not have, and other than one name per
      class.

    >>> DataSpec((28, 28, 1)).modality.kind, DataSpec((28, 28, 1)).dtype
    ('images', 'uint8')
    """

    shape: tuple[int, ...]
    modality: Modality = None  # pyright: ignore[reportAssignmentType]  # never after __post_init__
    classes: int | None = None
    class_names: tuple[str, ...] = ()

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

    def to_dict(self) -> dict[str, Any]:
        """The spec as a dict that JSON can hold."""
        content = {
            "shape": list(self.shape),
            "dtype": self.dtype,
            "classes": self.classes,
            "class_names": list(self.class_names),
        }
        return content | modalities.to_dict(self.modality, self.shape)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "DataSpec":
        """The spec that `to_dict` wrote.

        Raises: ValueError for entries that do not fit together.
        """
        facts = dict(content)
        shape, classes = tuple(facts.pop("shape")), facts.pop("classes")
        class_names, dtype = tuple(facts.pop("class_names")), facts.pop("dtype")
        return cls(shape, modalities.from_dict(facts, shape, dtype), classes, class_names)
