"""What the examples of a source look like."""

import dataclasses
from typing import Any

_RANKS = {"uint8": (3, 4), "float32": (1,), "int32": (2,)}


@dataclasses.dataclass(frozen=True)
class DataSpec:
    """The form of one example.

    Attributes:
      shape: tuple of int, what a network sees: `(height, width, channels)` of an image, `(frames,
        height, width, channels)` of a video, `(d,)` of a point, `(t, symbols)` of a text.
      dtype: "uint8" for images and videos in 0..255, "float32" for points, "int32" for texts.
      classes: int, how many labels there are; None without labels.
      class_names: tuple of str, one a class; empty without labels.
      symbols: str, the characters that a text is made of, see `tfgan.text`; else empty.
    """

    shape: tuple[int, ...]
    dtype: str
    classes: int | None = None
    class_names: tuple[str, ...] = ()
    symbols: str = ""

    def __post_init__(self) -> None:
        if self.dtype not in _RANKS:
            raise ValueError(
                f"dtype must be 'uint8', 'float32' or 'int32'; received {self.dtype!r}."
            )
        if len(self.shape) not in _RANKS[self.dtype]:
            raise ValueError(f"There is no {self.dtype} data of shape {self.shape}.")
        if len(self.symbols) != (self.shape[-1] if self.is_text else 0):
            raise ValueError(
                f"symbols must hold one character for each of the last dimension of a text, and "
                f"none otherwise; received {len(self.symbols)} for the shape {self.shape}."
            )
        if len(self.class_names) != (self.classes or 0):
            raise ValueError(
                f"class_names must hold one name per class ({self.classes or 0}); received "
                f"{len(self.class_names)}."
            )

    @property
    def is_text(self) -> bool:
        """Whether an example is a text."""
        return self.dtype == "int32"

    @property
    def raw_shape(self) -> tuple[int, ...]:
        """The shape of an example in a batch: `shape`, or `(t,)` of a text."""
        return self.shape[:1] if self.is_text else self.shape

    @property
    def noun(self) -> str:
        """What the examples are called: "points", "texts", "images" or "videos"."""
        return {1: "points", 2: "texts", 3: "images", 4: "videos"}[len(self.shape)]

    def to_dict(self) -> dict[str, Any]:
        """The spec as JSON holds it: dict of lists, str and int."""
        content = {
            "shape": list(self.shape),
            "dtype": self.dtype,
            "classes": self.classes,
            "class_names": list(self.class_names),
        }
        return content | ({"symbols": self.symbols} if self.is_text else {})

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "DataSpec":
        """The spec that `to_dict` wrote."""
        return cls(
            shape=tuple(content["shape"]),
            dtype=content["dtype"],
            classes=content["classes"],
            class_names=tuple(content["class_names"]),
            symbols=content.get("symbols", ""),
        )
