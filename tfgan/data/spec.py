"""What the examples of a source look like."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class DataSpec:
    """The form of one example.

    Attributes:
      shape: tuple of int: `(height, width, channels)` of an image, `(d,)` of a point.
      dtype: "uint8" for images in 0..255, "float32" for points.
      classes: int, how many labels there are; None without labels.
      class_names: tuple of str, one a class; empty without labels.
    """

    shape: tuple
    dtype: str
    classes: int | None = None
    class_names: tuple = ()

    def __post_init__(self):
        if self.dtype not in ("uint8", "float32"):
            raise ValueError(f"dtype must be 'uint8' or 'float32'; received {self.dtype!r}.")
        if len(self.class_names) != (self.classes or 0):
            raise ValueError(
                f"class_names must hold one name a class ({self.classes or 0}); received "
                f"{len(self.class_names)}."
            )

    def to_dict(self):
        """The spec as JSON holds it: dict of lists, str and int."""
        return {
            "shape": list(self.shape),
            "dtype": self.dtype,
            "classes": self.classes,
            "class_names": list(self.class_names),
        }

    @classmethod
    def from_dict(cls, content):
        """The spec that `to_dict` wrote."""
        return cls(
            shape=tuple(content["shape"]),
            dtype=content["dtype"],
            classes=content["classes"],
            class_names=tuple(content["class_names"]),
        )
