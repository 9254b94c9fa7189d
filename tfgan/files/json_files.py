"""JSON that others may have written: decoded to a type, or refused with an error message.

>>> parse_json('{"steps": 5}', dict[str, int], "not a schedule")
{'steps': 5}
>>> parse_json('{"steps": "5"}', dict[str, int], "not a schedule")
Traceback (most recent call last):
...
ValueError: not a schedule: `$[...]` must be a whole number; received a string.
"""

import re

import msgspec
import tensorflow as tf

from tfgan.files.safe_open import read_bytes

_MAX_BYTES = 64 * 2**20  # far above any file of ours


def read_json(path, form, what):
    """The content of a JSON file.

    Args:
      path: str, local or remote.
      form: type that `msgspec` can decode, such as a `msgspec.Struct` or `dict[str, int]`.
      what: str, what the file should be, such as "the record of a tfgan run".
    Returns: a value of that type.
    Raises: ValueError for a file that is too large, cannot be read, or is not JSON of that type;
      `tf.errors.OpError` for a missing one.
    """
    size = tf.io.gfile.stat(path).length
    if size > _MAX_BYTES:
        raise ValueError(f"{path} is not {what}: it has {size:,} bytes, more than {_MAX_BYTES:,}.")
    return parse_json(read_bytes(path, path), form, f"{path} is not {what}")


def parse_json(content, form, refusal):
    """JSON (bytes or str) as a value of a type, see `read_json`.

    Raises: ValueError: the refusal (str), and which entry is wrong.
    """
    try:
        return msgspec.json.decode(content, type=form)
    except RecursionError as error:
        raise ValueError(f"{refusal}: its entries are nested too deeply.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{refusal}: {_reason(str(error))}.") from error


# Messages of msgspec, and their form for people who write JSON.
_REASONS = {
    "Expected `(?P<expected>[^`]+)`, got `(?P<received>.+)`": (
        "{subject} must be {expected}; received {received}"
    ),
    "Expected `(?P<expected>[^`]+)` (?P<bound>[<>]=? .+)": "{subject} must be {expected}, {bound}",
    "Expected `array` of (at least )?length (?P<bound>.+)": "{subject} must be a list of {bound}",
    "Object missing required field (?P<entry>`.+`)": "the entry {entry} is missing{inside}",
    "Object contains unknown field (?P<entry>`.+`)": "the entry {entry} is unknown{inside}",
    "Invalid enum value (?P<value>.+)": "{subject} cannot be {value}",
}
_TYPES = {
    "int": "a whole number", "float": "a number", "str": "a string", "bool": "true or false",
    "null": "null", "array": "a list", "object": "an object",
}  # fmt: skip
_BOUNDS = {">= ": "at least ", "> ": "above ", "<= ": "at most ", "< ": "below "}


def _reason(error):
    message, _, place = error.rstrip(".").partition(" - at ")
    place = place.replace("`$.", "`")
    place = "" if place == "`$`" else place
    for pattern, sentence in _REASONS.items():
        if match := re.fullmatch(pattern, message):
            parts = {name: _plain(part) for name, part in match.groupdict().items()}
            inside = f" in {place}" if place else ""
            return sentence.format(subject=place or "the whole", inside=inside, **parts)
    return f"{message} at {place}" if place else message


def _plain(part):
    types = part.split(" | ")
    if set(types) <= set(_TYPES):
        if "float" in types and "int" in types:
            types.remove("int")
        *others, last = (_TYPES[name] for name in types)
        return f"{', '.join(others)} or {last}" if others else last
    for sign, words in _BOUNDS.items():
        if part.startswith(sign):
            return words + part.removeprefix(sign)
    return part
