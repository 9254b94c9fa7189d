"""JSON files that others may have written or edited: read by a form, or refused in a sentence."""

import re

import msgspec
import tensorflow as tf

from tfgan.files.safe_open import read_bytes

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
    said, _, place = str(error).rstrip(".").partition(" - at ")
    place = place.replace("`$.", "`")
    place = "" if place == "`$`" else place
    where = {"subject": place or "the whole", "inside": f" in {place}" if place else ""}
    for pattern, sentence in _SAID.items():
        found = re.fullmatch(pattern, said)
        if found:
            parts = {name: _in_words(part) for name, part in found.groupdict().items()}
            return sentence.format(**where, **parts)
    return f"{said} at {place}" if place else said


# What msgspec says, and how it is said here.
_SAID = {
    "Expected `(?P<wanted>[^`]+)`, got `(?P<got>.+)`": "{subject} must be {wanted}; received {got}",
    "Expected `(?P<wanted>[^`]+)` (?P<bound>[<>]=? .+)": "{subject} must be {wanted}, {bound}",
    "Expected `array` of (at least )?length (?P<bound>.+)": "{subject} must be a list of {bound}",
    "Object missing required field (?P<entry>`.+`)": "the entry {entry} is missing{inside}",
    "Object contains unknown field (?P<entry>`.+`)": "the entry {entry} is unknown{inside}",
    "Invalid enum value (?P<value>.+)": "{subject} cannot be {value}",
}
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}
_BOUNDS = {">= ": "at least ", "> ": "above ", "<= ": "at most ", "< ": "below "}


def _in_words(part):
    kinds = part.split(" | ")
    if set(kinds) <= set(_KINDS):
        if "float" in kinds and "int" in kinds:
            kinds.remove("int")
        *others, last = (_KINDS[kind] for kind in kinds)
        return f"{', '.join(others)} or {last}" if others else last
    for sign, words in _BOUNDS.items():
        if part.startswith(sign):
            return words + part.removeprefix(sign)
    return part
