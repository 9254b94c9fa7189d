"""Texts: characters in files, symbol indices in batches, one-hot rows in networks.

A text of at most t characters is int32 `[t]`, padded with symbol 0, the end of the line. Networks
take and return a distribution over symbols per position: float32 `[t, symbols]`.

>>> from tfgan import text
>>> symbols = text.alphabet(["ab", "ba"])
>>> text.encode(["ab", "b"], symbols, length=3).tolist()
[[1, 2, 0], [2, 0, 0]]
>>> text.decode([[1, 2, 0], [2, 0, 0]], symbols)
['ab', 'b']
"""

import numpy as np
import tensorflow as tf

from tfgan import files

END = "\n"


def alphabet(texts):
    """The symbols of texts: str, the end of the line first, the others sorted."""
    return END + "".join(sorted(set().union(*texts) - {END}))


def encode(texts, symbols, length):
    """Texts as symbol indices.

    Args:
      texts: sequence of str.
      symbols: str, see `alphabet`.
      length: int, t.
    Returns: int32 `[count, t]`, each in 0 .. len(symbols) - 1.
    Raises: ValueError for a text that is longer, or holds a character that is not a symbol.
    """
    number = {symbol: index for index, symbol in enumerate(symbols)}
    rows = np.zeros((len(texts), length), np.int32)
    for row, text in zip(rows, texts, strict=True):
        if len(text) > length:
            raise ValueError(f"A text has {len(text):,} characters, more than {length:,}: {text!r}")
        unknown = set(text) - set(symbols[1:])
        if unknown:
            raise ValueError(f"{min(unknown)!r} is not a symbol: {text!r}")
        row[: len(text)] = [number[symbol] for symbol in text]
    return rows


def decode(data, symbols):
    """Symbol indices, integers `[count, t]`, as a list of str, each up to its first end of line."""
    characters = np.array(list(symbols))[np.asarray(data)]
    return ["".join(row).partition(END)[0] for row in characters]


def decoded(data, symbols):
    """`decode` in TensorFlow: int32 `[count, t]` -> string `[count]` in UTF-8."""
    characters = tf.gather(tf.constant(list(symbols)), data)
    return tf.strings.regex_replace(tf.strings.reduce_join(characters, axis=-1), "(?s)\n.*", "")


def write(path, texts):
    """Writes one text per line, atomically."""
    files.write_text(path, "".join(f"{each}\n" for each in texts))


def to_float(data, symbols):
    """Texts for networks: int32 `[..., t]` -> one-hot float32 `[..., t, symbols]`."""
    return tf.one_hot(data, symbols)


def to_symbols(distributions):
    """The most likely symbol per position: float32 `[..., t, symbols]` -> int32 `[..., t]`."""
    return tf.argmax(distributions, axis=-1, output_type=tf.int32)
