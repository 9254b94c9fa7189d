"""What every kind of data says about itself."""

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
    """A kind of data. Subclasses are final; their fields are what a set of that kind decides.

    Raw data are what files, batches and samples hold, `[n, *raw_shape]` of `dtype`; networks see
    and make float32 `[n, *shape]`. `None` among the attributes below stands for nothing.

    Attributes:
      kind: str, the plural, such as "images": it names the kind in messages, records and `#kind=`.
      one: str, the singular.
      field: str, the entry of an exported signature that holds raw data; no prior has such a value.
      dtype: str, NumPy's name of the type of raw data.
      axes: tuple of str, the axes of an example as networks see it; empty where there may be any.
      output_activation: str, the Keras activation that ends a generator.
      is_bounded: bool, whether networks see numbers in [-1, 1].
      is_continuous: bool, whether examples are points of a space, see `rows`.
      is_own_feature: bool, whether distances between `rows` are what metrics should measure, so
        that no extractor is needed; there is an extractor of the name `kind` then.
      metrics: tuple of str, those that suit the kind where there is no extractor, best first.
      endings: tuple of str, the files that samples are written to: ".png", or "/" for a folder.
      preview_ending: str, of the file that shows samples.
      shown: int, how many samples it shows.
      has_pictures: bool, whether each example has a picture of its own, see `pictures`.
      in_columns: bool, whether samples of several labels are shown in a column per label.
      any_length: bool, whether sets of examples of unlike shapes can be compared, see `united`.
    """

    kind: ClassVar[str]
    one: ClassVar[str]
    field: ClassVar[str]
    dtype: ClassVar[str]
    axes: ClassVar[tuple[str, ...]] = ()
    output_activation: ClassVar[str] = "linear"
    is_bounded: ClassVar[bool] = False
    is_continuous: ClassVar[bool] = True
    is_own_feature: ClassVar[bool] = False
    metrics: ClassVar[tuple[str, ...]] = ()
    endings: ClassVar[tuple[str, ...]] = (".npz",)
    preview_ending: ClassVar[str] = "png"
    shown: ClassVar[int] = 64
    has_pictures: ClassVar[bool] = False
    in_columns: ClassVar[bool] = False
    any_length: ClassVar[bool] = False

    def check(self, shape: tuple[int, ...]) -> None:
        """Raises ValueError for a shape, as networks see it, that no example of this kind has."""
        if self.axes and len(shape) != len(self.axes):
            raise ValueError(
                f"{self.kind} have the shape ({', '.join(self.axes)}); received {tuple(shape)}."
            )

    def raw_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of a raw example that networks see as `shape`: tuple."""
        return tuple(shape)

    def shape(self, raw_shape: tuple[int, ...]) -> tuple[int, ...]:
        """What networks see of a raw example: tuple; the reverse of `raw_shape`."""
        return tuple(raw_shape)

    @abc.abstractmethod
    def to_float(self, data: Raw) -> tf.Tensor:
        """Raw data as networks see them: `[n, *raw_shape]` -> float32 `[n, *shape]`.

        Floats of a kind whose raw data are integers are what networks see already.
        """

    @abc.abstractmethod
    def to_raw(self, data: tf.Tensor) -> tf.Tensor:
        """What a network made as raw data: float32 `[n, *shape]` -> `dtype` `[n, *raw_shape]`."""

    def rows(self, data: np.ndarray) -> np.ndarray:
        """Examples as points of a space: raw NumPy `[n, ...]` -> float `[n, d]`.

        Raises: ValueError for a kind that is not continuous.
        """
        if not self.is_continuous:
            raise ValueError(f"There are no distances between {self.kind}.")
        return np.asarray(self.to_float(data)).reshape(len(data), -1)

    @abc.abstractmethod
    def in_words(self, raw_shape: tuple[int, ...]) -> str:
        """The form of examples, such as "gray images of 28 x 28"; equal for equal forms."""

    def note(self, shape: tuple[int, ...]) -> str:
        """What a preview of examples of this shape does not show: a sentence, or ""."""
        del shape
        return ""

    def decided(self) -> dict[str, str]:
        """What `fitted` decided, by name, for a message and the record of a run."""
        return {}

    def picture(self, data: np.ndarray, columns: int | None = None) -> np.ndarray:
        """One picture of samples.

        Args:
          data: raw NumPy `[n, ...]`.
          columns: int, samples in a row of a grid; by default the squarest grid.
        Returns: uint8 `[height, width, channels]`.
        Raises: ValueError for a kind that has no picture.
        """
        raise ValueError(f"There is no picture of {self.kind}.")

    def pictures(self, data: Raw) -> tf.Tensor:
        """A picture of each example: raw `[n, ...]` -> uint8 tensor `[n, height, width, channels]`.

        Raises: ValueError for a kind of which a single example has no picture.
        """
        raise ValueError(f"There are no pictures of single {self.kind}.")

    def preview(
        self, data: np.ndarray, columns: int | None = None
    ) -> "previews.Picture | previews.Lines":
        """What is shown of samples while a model trains, see `previews`; arguments of `picture`."""
        return previews.Picture(self.picture(data, columns))

    def named(self, data: tf.Tensor) -> dict[str, tf.Tensor]:
        """What an exported model gives its clients: raw tensor `[n, ...]` -> dict of tensors.

        The data are there under `field`, and where there are `pictures` of them, `png_bytes`.
        """
        if not self.has_pictures:
            return {self.field: data}
        encoded = tf.map_fn(tf.io.encode_png, self.pictures(data), fn_output_signature=tf.string)
        return {self.field: data, "png_bytes": encoded}

    def united(
        self, data: np.ndarray, other: Self, others: np.ndarray
    ) -> "tuple[Modality, np.ndarray, np.ndarray]":
        """Two sets of this kind as sets whose examples can be compared.

        Args:
          data, others: raw NumPy `[n, ...]`, the examples of both.
          other: `Modality` of `others`, of the same class.
        Returns: (`Modality`, raw data of the first set, of the other).
        """
        del other
        return self, data, others

    @classmethod
    def fitted(
        cls,
        name: str,
        raw_shape: tuple[int, ...],
        blocks: Iterable[np.ndarray],
        layout: str | None = None,
    ) -> "Modality":
        """The value for arrays of numbers that are of this kind.

        Args:
          name: str, how messages call the arrays.
          raw_shape: tuple, of one example.
          blocks: iterable of float32 `[n, *raw_shape]`, the examples to train on, in parts.
          layout: str, which axis is which, where the user says so; else None.
        Raises: ValueError for a shape that the kind does not have.
        """
        del blocks
        if layout is not None:
            raise ValueError(f"layout is not for {cls.kind}; received it with {name}.")
        made = cls()
        made.check(made.shape(raw_shape))
        return made

    @classmethod
    def arrays(cls) -> str:
        """The arrays of this kind in words: "uint8 images [n, height, width, channels]"."""
        return f"{cls.dtype} {cls.kind} [n, {', '.join(cls.axes) or '...'}]"


def sides(numbers: Iterable[int]) -> str:
    """Sizes in words: "28 x 28"."""
    return " x ".join(map(str, numbers))
