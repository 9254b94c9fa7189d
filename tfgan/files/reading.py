"""JSON files that others may have written or edited: read by a form, or refused in a sentence."""

import msgspec
import tensorflow as tf

from tfgan.files.opening import read_bytes

_MOST = 64 * 2**20  # bytes; no file of ours comes near it


def read_json(path, form, what):
    """The content of a JSON file, as values of the wanted types.

    Args:
      path: str, local or remote.
      form: type that `msgspec` can decode: a `msgspec.Struct`, dataclass, `TypedDict`, `dict[str,
        int]` or the like. A Struct with `forbid_unknown_fields=True` refuses other entries.
      what: str, what the file should be, such as "the record of a tfgan run".
    Returns: a value of that type.
    Raises: ValueError for a file that is too large, not JSON, or not of that form, with the entry
      that is wrong, and for one that cannot be read; `tf.errors.OpError` for a missing one.
    """
    size = tf.io.gfile.stat(path).length
    if size > _MOST:
        raise ValueError(f"{path} is not {what}: it has {size:,} bytes, more than {_MOST:,}.")
    return parse_json(read_bytes(path, path), form, f"{path} is not {what}")


def parse_json(content, form, refusal):
    """JSON text as values of the wanted types.

    Args:
      content: bytes or str.
      form: as of `read_json`.
      refusal: str, how the sentence of an error begins.
    Raises: ValueError: the refusal, and what is wrong where.
    """
    try:
        return msgspec.json.decode(content, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{refusal}: {_reason(error)}.") from error


def _reason(error):
    """What is wrong, in the words of people who write JSON."""
    if isinstance(error, RecursionError):
        return "its entries lie too deep in one another"
    return str(error).rstrip(".").replace("`$.", "`").replace("- at `$`", "at the top")
