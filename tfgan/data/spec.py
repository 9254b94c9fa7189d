"""What the examples of a source look like."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tfgan import modalities
from tfgan.modalities import Modality

_OF_LABELS = ("classes", "class_names")


@dataclasses.dataclass(frozen=True)
class DataSpec:
    """The form of one example.

    Attributes:
      shape: tuple of int, what a network sees: `(height, width, channels)` of an image, `(frames,
        height, width, channels)` of a video, `(d,)` of a point, `(t, symbols)` of a text.
      modality: `Modality`, the kind of data; or, to make one, the name of a kind that needs no
        facts, or None for what the shape says.
      classes: int, how many labels there are; None without labels.
      class_names: tuple of str, one per class; empty without labels.
    Raises: ValueError for a shape that the modality does not have, and other than one name per
      class.
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
        """The spec as JSON holds it: dict of lists, str and numbers."""
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

        Raises: ValueError for what cannot be one.
        """
        facts = dict(content)
        shape, dtype = tuple(facts.pop("shape")), facts.pop("dtype")
        classes, class_names = (facts.pop(name) for name in _OF_LABELS)
        modality = modalities.from_dict(facts, shape, dtype)
        return cls(shape, modality, classes, tuple(class_names))
