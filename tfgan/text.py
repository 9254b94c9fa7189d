"""Text at the border: characters in files, numbers of symbols in batches, one-hot rows in networks.

A text of at most t characters is int32 `[t]`; symbol 0 is the end of the line, and the rest of a
shorter text is filled with it. A network sees, and makes, a distribution over the symbols at each
place: float32 `[t, symbols]`. A paragraph is a long text.
"""

import numpy as np
import tensorflow as tf

from tfgan import files

END = "\n"


def alphabet(texts):
    """The symbols of texts: str, the end of the line first and the others in their order."""
    return END + "".join(sorted(set().union(*texts) - {END}))


def encode(texts, symbols, length):
    """Texts as numbers.

    Args:
      texts: sequence of str.
      symbols: str, as `alphabet` gives them.
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
    """Numbers as texts, each up to its first end of a line.

    Args:
      data: integers `[count, t]`.
      symbols: str.
    Returns: list of str.
    """
    characters = np.array(list(symbols))[np.asarray(data)]
    return ["".join(row).partition(END)[0] for row in characters]


def decoded(data, symbols):
    """`decode` in TensorFlow: int32 `[count, t]` -> string `[count]` in UTF-8."""
    characters = tf.gather(tf.constant(list(symbols)), data)
    return tf.strings.regex_replace(tf.strings.reduce_join(characters, axis=-1), "(?s)\n.*", "")


def write(path, texts):
    """Writes a text a line so that a reader never sees half a file.

    Args:
      path: str, local or remote (anything `tf.io.gfile` takes).
      texts: sequence of str.
    """
    files.write_text(path, "".join(f"{each}\n" for each in texts))


def to_float(data, symbols):
    """Texts as networks see them: int32 `[..., t]` -> one-hot float32 `[..., t, symbols]`."""
    return tf.one_hot(data, symbols)


def to_symbols(distributions):
    """The likeliest symbol at each place: float32 `[..., t, symbols]` -> int32 `[..., t]`."""
    return tf.argmax(distributions, axis=-1, output_type=tf.int32)
