"""Texts: indices of symbols in files and batches, distributions over symbols in networks."""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan import text
from tfgan.modalities import previews
from tfgan.modalities.base import Modality


@dataclasses.dataclass(frozen=True)
class Texts(Modality):
    """Texts: int32 `[n, t]`, see `tfgan.text`; network inputs are `[n, t, symbols]`.

    Args:
      symbols: str, the characters of the indices, the end of the line first.
    Raises: ValueError without symbols.
    """

    symbols: str = ""

    kind = "texts"
    singular = "text"
    output_name = "symbols"
    dtype = "int32"
    axes = ("t", "symbols")
    output_activation = "softmax"
    is_continuous = False
    metrics = ("ngrams",)
    suffixes = (".txt", ".npz")
    preview_suffix = "txt"
    variable_length = True

    def __post_init__(self):
        if not isinstance(self.symbols, str) or not self.symbols:
            raise ValueError(f"symbols must be the characters of texts; received {self.symbols!r}.")

    def check(self, shape):
        super().check(shape)
        if shape[1] != len(self.symbols):
            raise ValueError(
                f"symbols must have {shape[1]} characters for texts of shape {tuple(shape)}; "
                f"received {len(self.symbols)}."
            )

    @property
    def raw_range(self):
        return 0, len(self.symbols) - 1

    def raw_shape(self, shape):
        return tuple(shape[:1])

    def shape(self, raw_shape):
        return (*raw_shape, len(self.symbols))

    def to_float(self, data):
        data = tf.convert_to_tensor(data)
        return data if data.dtype.is_floating else text.to_float(data, len(self.symbols))

    def to_raw(self, data):
        return text.to_symbols(data)

    def describe(self, raw_shape):
        return f"texts of up to {raw_shape[0]} characters"

    def lines(self, data):
        """Indices as texts: int `[n, t]` -> list of str."""
        return text.decode(data, self.symbols)

    def preview(self, data, columns=None):
        return previews.Lines(self.lines(data))

    def output_tensors(self, data):
        """The indices as `symbols`, and `text` in UTF-8."""
        return {self.output_name: data, "text": text.decoded(data, self.symbols)}

    def unify(self, data, other, others):
        """Texts of two alphabets as indices into their union, and of one length."""
        both = Texts(text.alphabet([self.symbols, other.symbols]))
        length = max(data.shape[1], others.shape[1])
        return both, self._recoded(data, both, length), other._recoded(others, both, length)

    def _recoded(self, data, to, length):
        numbers = np.array([to.symbols.index(symbol) for symbol in self.symbols], np.int32)
        filled = np.full((len(data), length), to.symbols.index(text.END), np.int32)
        filled[:, : data.shape[1]] = numbers[data]
        return filled

    @classmethod
    def fit(cls, name, raw_shape, blocks, layout=None):
        raise ValueError(f"{name} holds arrays; texts are read by text:FILE.")

    @classmethod
    def describe_arrays(cls):
        return "int32 texts [n, t]"
