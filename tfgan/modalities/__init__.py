"""Kinds of data, each one value: images, videos, texts, points and latents.

A `Modality` alone knows how raw data become what networks see, and back; how samples are shown and
written; what examples are called; and what measures them. Code that handles data asks the modality
of a `data.DataSpec` or of a model, and never a shape.

A kind of data is a class in a file of its own, which is listed in `KINDS`; nothing else has a list
of kinds. What else a kind may need (sources, networks, metrics of its own) names it by `kind`.
"""

import dataclasses
import difflib
from collections.abc import Mapping
from typing import Any

from tfgan.modalities.base import Modality
from tfgan.modalities.latents import Latents
from tfgan.modalities.pixels import Images, Videos
from tfgan.modalities.points import Points
from tfgan.modalities.texts import Texts

__all__ = [
    "KINDS", "Images", "Latents", "Modality", "Points", "Texts", "Videos", "find", "from_dict",
    "of_arrays", "of_shape", "resolve", "to_dict",
]  # fmt: skip

KINDS = (Images, Videos, Texts, Points, Latents)


def find(kind: str) -> type[Modality]:
    """The class of a kind of data.

    Args:
      kind: str, such as "images".
    Raises: ValueError for a kind that does not exist, with the nearest one.
    """
    for each in KINDS:
        if each.kind == kind:
            return each
    known = [each.kind for each in KINDS]
    near = difflib.get_close_matches(str(kind), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    raise ValueError(f"A kind of data must be {', '.join(known)}; received {kind!r}{hint}")


def of_shape(shape: tuple[int, ...]) -> Modality:
    """The modality that a model has by default: the only place where a shape decides.

    Args:
      shape: tuple, of one example as networks see it.
    Returns: `Points` of `(d,)`, `Images` of `(height, width, channels)` or `Videos` of `(frames,
      height, width, channels)`.
    Raises: ValueError for other shapes.
    """
    for kind in (Points, Images, Videos):
        if len(kind.axes) == len(shape):
            return kind()
    raise ValueError(
        f"The shape {tuple(shape)} does not tell the kind of data: pass modality, such as "
        '"latents", or modalities.Texts(symbols) for texts.'
    )


def of_arrays(name: str, raw_shape: tuple[int, ...], dtype: str) -> Modality:
    """The modality that arrays of examples have by default.

    Args:
      name: str, how messages call them.
      raw_shape: tuple, of one example.
      dtype: str, NumPy's name of the type.
    Raises: ValueError for arrays that no kind has, or that need to be told their kind.
    """
    if dtype != Texts.dtype and (kind := _by_form(raw_shape, dtype)):
        return kind()
    listed = [each.arrays() for each in KINDS]
    received = ", ".join(map(str, ("n", *raw_shape)))
    raise ValueError(
        f"{name} must hold {', '.join(listed[:-1])} or {listed[-1]}; received {dtype} "
        f"[{received}]. Texts and latents need their modality."
    )


def resolve(modality: Modality | str | None, shape: tuple[int, ...]) -> Modality:
    """A modality as a value.

    Args:
      modality: `Modality`; str, a kind that needs no facts; or None for what the shape says.
      shape: tuple, of one example as networks see it.
    Raises: ValueError for another kind, and a shape that examples of the kind do not have.
    """
    if modality is None:
        return of_shape(shape)
    if not isinstance(modality, Modality):
        modality = find(modality)()
    modality.check(shape)
    return modality


def to_dict(modality: Modality, shape: tuple[int, ...]) -> dict[str, Any]:
    """What the form of raw data does not say of a modality, as JSON holds it: dict.

    Args:
      modality: `Modality`.
      shape: tuple, of one example as networks see it.
    """
    facts = dataclasses.asdict(modality)
    facts = {name: list(x) if isinstance(x, tuple) else x for name, x in facts.items()}
    if _by_form(shape, modality.dtype) is not type(modality):
        facts = {"kind": modality.kind} | facts
    return facts


def from_dict(facts: Mapping[str, Any], shape: tuple[int, ...], dtype: str) -> Modality:
    """The modality that `to_dict` wrote.

    Args:
      facts: dict; entries that are no facts of a modality are refused.
      shape: tuple, of one example as networks see it.
      dtype: str, NumPy's name of the type of raw data.
    Raises: ValueError for facts that no modality has.
    """
    facts = dict(facts)
    named = facts.pop("kind", None)
    kind = find(named) if named else _by_form(shape, dtype)
    if kind is None or kind.dtype != dtype:
        raise ValueError(f"There is no {dtype} data of shape {tuple(shape)}.")
    known = {field.name: field.default for field in dataclasses.fields(kind)}
    for name, value in facts.items():
        if name not in known:
            raise ValueError(f"{kind.kind} have no entry {name}.")
        if not isinstance(value, list if known[name] == () else type(known[name])):
            raise ValueError(f"{name} of {kind.kind} must be another value; received {value!r}.")
    made = kind(**facts)
    made.check(tuple(shape))
    return made


def _by_form(shape: tuple[int, ...], dtype: str) -> type[Modality] | None:
    """The class whose axes and type of raw data these are, or None."""
    return next(
        (kind for kind in KINDS if kind.dtype == dtype and len(kind.axes) == len(shape)), None
    )
