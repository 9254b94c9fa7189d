"""The base class of the kinds of data."""

import abc
import dataclasses
from collections.abc import Iterable
from typing import ClassVar, Self

import numpy as np
import tensorflow as tf

from tfgan.modalities import previews

Raw = np.ndarray | tf.Tensor


@dataclasses.dataclass(frozen=True)
class Modality(abc.ABC):
    """A kind of data. Subclasses are final; their fields are properties of a data set.

    Raw data, `[n, *raw_shape]` of `dtype`, are in files, batches and samples; inputs and outputs of
    networks are float32 `[n, *shape]`.

    Attributes:
      kind: str, the plural, such as "images", for messages, records and `#kind=`.
      singular: str, such as "image".
      output_name: str, the output of an exported signature with raw data; not a name of a latent.
      dtype: str, NumPy's name of the type of raw data.
      axes: tuple of str, the axes of a network input; empty for any rank.
      output_activation: str, the Keras activation at the end of a generator.
      is_bounded: bool, whether network inputs are in [-1, 1].
      is_continuous: bool, whether examples are points of a vector space, see `as_vectors`.
      is_own_feature: bool, whether metrics use distances between `as_vectors`, by an extractor with
        the name `kind`.
      metrics: tuple of str, the default metrics without an extractor, best first.
      suffixes: tuple of str, of the files of samples: ".png", or "/" for a folder.
      preview_suffix: str, of the file of a preview.
      preview_count: int, the number of samples in a preview.
      has_pictures: bool, whether a single example has a picture, see `pictures`.
      columns_by_label: bool, whether a preview has one column per label.
      variable_length: bool, whether sets with examples of different shapes can be compared, see
        `unify`.
    """

    kind: ClassVar[str]
    singular: ClassVar[str]
    output_name: ClassVar[str]
    dtype: ClassVar[str]
    axes: ClassVar[tuple[str, ...]] = ()
    output_activation: ClassVar[str] = "linear"
    is_bounded: ClassVar[bool] = False
    is_continuous: ClassVar[bool] = True
    is_own_feature: ClassVar[bool] = False
    metrics: ClassVar[tuple[str, ...]] = ()
    suffixes: ClassVar[tuple[str, ...]] = (".npz",)
    preview_suffix: ClassVar[str] = "png"
    preview_count: ClassVar[int] = 64
    has_pictures: ClassVar[bool] = False
    columns_by_label: ClassVar[bool] = False
    variable_length: ClassVar[bool] = False

    @property
    def raw_range(self) -> tuple[int, int] | None:
        """The least and the largest raw number, if raw data are whole numbers; else None."""
        return None

    def check(self, shape: tuple[int, ...]) -> None:
        """Raises ValueError for a shape of a network input that does not fit this kind."""
        if self.axes and len(shape) != len(self.axes):
            raise ValueError(
                f"{self.kind} have the shape ({', '.join(self.axes)}); received {tuple(shape)}."
            )

    def raw_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of a raw example, from that of a network input: tuple."""
        return tuple(shape)

    def shape(self, raw_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The inverse of `raw_shape`: tuple."""
        return tuple(raw_shape)

    @abc.abstractmethod
    def to_float(self, data: Raw) -> tf.Tensor:
        """Raw data `[n, *raw_shape]` -> float32 `[n, *shape]`; floats stay, if raw are integers."""

    @abc.abstractmethod
    def to_raw(self, data: tf.Tensor) -> tf.Tensor:
        """The inverse of `to_float`: float32 `[n, *shape]` -> `dtype` `[n, *raw_shape]`."""

    def as_vectors(self, data: np.ndarray) -> np.ndarray:
        """Raw NumPy `[n, ...]` -> float `[n, d]`. Raises: ValueError, if not continuous."""
        if not self.is_continuous:
            raise ValueError(f"{self.kind} are not vectors, so they have no distances.")
        return np.asarray(self.to_float(data)).reshape(len(data), -1)

    @abc.abstractmethod
    def describe(self, raw_shape: tuple[int, ...]) -> str:
        """The form of examples in words, such as "gray images of 28 x 28"."""

    def preview_note(self, shape: tuple[int, ...]) -> str:
        """A sentence on what a preview of examples of this shape omits, or ""."""
        return ""

    def decisions(self) -> dict[str, str]:
        """The decisions of `fit` by name, for a message and the record of a run."""
        return {}

    def picture(self, data: np.ndarray, columns: int | None = None) -> np.ndarray:
        """A grid of samples, by default nearly square: uint8 `[height, width, channels]`.

        Raises: ValueError for a kind without pictures.
        """
        raise ValueError(f"{self.kind} have no picture.")

    def pictures(self, data: Raw) -> tf.Tensor:
        """A picture of each example, or ValueError: uint8 tensor `[n, height, width, channels]`."""
        raise ValueError(f"Single {self.kind} have no pictures.")

    def preview(
        self, data: np.ndarray, columns: int | None = None
    ) -> "previews.Picture | previews.Lines":
        """A preview of samples, for training; the arguments are those of `picture`."""
        return previews.Picture(self.picture(data, columns))

    def output_tensors(self, data: tf.Tensor) -> dict[str, tf.Tensor]:
        """The outputs of an exported model: raw data as `output_name`, pictures as `png_bytes`."""
        if not self.has_pictures:
            return {self.output_name: data}
        encoded = tf.map_fn(tf.io.encode_png, self.pictures(data), fn_output_signature=tf.string)
        return {self.output_name: data, "png_bytes": encoded}

    def unify(
        self, data: np.ndarray, other: Self, others: np.ndarray
    ) -> "tuple[Modality, np.ndarray, np.ndarray]":
        """Two raw sets in one form: (`Modality`, first set, other set).

        Args:
          data, others: raw NumPy `[n, ...]`.
          other: `Modality` of `others`, of the same class.
        """
        return self, data, others

    @classmethod
    def fit(
        cls,
        name: str,
        raw_shape: tuple[int, ...],
        blocks: Iterable[np.ndarray],
        layout: str | None = None,
    ) -> "Modality":
        """The modality of arrays of numbers.

        Args:
          name: str, of the arrays in error messages.
          raw_shape: tuple, of one example.
          blocks: iterable of float32 `[n, *raw_shape]`, the training examples.
          layout: str, the order of the axes, if the user gives it.
        Raises: ValueError for a shape or a layout that does not fit.
        """
        if layout is not None:
            raise ValueError(f"{name}: layout must be None for {cls.kind}; received {layout!r}.")
        modality = cls()
        modality.check(modality.shape(raw_shape))
        return modality

    @classmethod
    def describe_arrays(cls) -> str:
        """The arrays in words, such as "uint8 images [n, height, width, channels]"."""
        return f"{cls.dtype} {cls.kind} [n, {', '.join(cls.axes) or '...'}]"


def sides(numbers: Iterable[int]) -> str:
    """Sizes as text: "28 x 28"."""
    return " x ".join(map(str, numbers))
