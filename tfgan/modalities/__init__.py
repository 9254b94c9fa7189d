"""Kinds of data: images, videos, texts, points, latents and masks.

A `Modality` defines the conversion between raw data and network inputs, how samples are shown and
written, and the metrics. Code that depends on the kind of data uses it, never the rank of a shape.

    >>> from tfgan import modalities
    >>> modalities.of_shape((28, 28, 1)).kind
    'images'
    >>> modalities.Images().describe((28, 28, 1))
    'gray images of 28 x 28'
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tfgan import words
from tfgan.modalities.base import Modality
from tfgan.modalities.latents import Latents
from tfgan.modalities.masks import Masks
from tfgan.modalities.pixels import Images, Videos
from tfgan.modalities.points import Points
from tfgan.modalities.texts import Texts
from tfgan.modalities.translations import translation_grid

__all__ = [
    "KINDS", "Images", "Latents", "Masks", "Modality", "Points", "Texts", "Videos", "among",
    "by_kind", "from_dict", "of_arrays", "of_shape", "resolve", "to_dict", "translation_grid",
]  # fmt: skip

KINDS = (Images, Videos, Texts, Points, Latents, Masks)


def by_kind(kind: str) -> type[Modality]:
    """The class of a kind of data, such as "images". Raises: ValueError for an unknown kind."""
    classes = {each.kind: each for each in KINDS}
    if kind not in classes:
        raise words.unknown("A kind of data", kind, classes)
    return classes[kind]


def of_shape(shape: tuple[int, ...]) -> Modality:
    """The default modality of one example as a network input: points, images or videos.

    Raises: ValueError for shapes other than theirs, `Modality.axes`.
    """
    for kind in (Points, Images, Videos):
        if len(kind.axes) == len(shape):
            return kind()
    raise ValueError(
        f"The kind of data of shape {tuple(shape)} is ambiguous: pass modality, such as "
        '"latents", or modalities.Texts(symbols) for texts.'
    )


def among(conditions: Any) -> dict[str, Modality]:
    """Those entries of a dict that are a `Modality`; {} for anything else than a dict."""
    entries = conditions.items() if isinstance(conditions, dict) else ()
    return {name: each for name, each in entries if isinstance(each, Modality)}


def of_arrays(name: str, raw_shape: tuple[int, ...], dtype: str) -> Modality:
    """The default modality of arrays of examples.

    Args:
      name: str, of the arrays in error messages.
      raw_shape: tuple, of one example.
      dtype: str, NumPy's name of the type.
    Raises: ValueError for arrays without a default.
    """
    if dtype != Texts.dtype and (kind := _by_form(raw_shape, dtype)):
        return kind()
    accepted = [each.describe_arrays() for each in KINDS if each is not Masks]
    shape = ", ".join(map(str, ("n", *raw_shape)))
    raise ValueError(
        f"{name} must hold {', '.join(accepted[:-1])} or {accepted[-1]}; received {dtype} "
        f"[{shape}]. Texts, latents and masks need their modality."
    )


def resolve(modality: Modality | str | None, shape: tuple[int, ...]) -> Modality:
    """A `Modality` from itself, from a kind without attributes, or from the shape alone.

    Raises: ValueError for an unknown kind, and a shape that does not fit it.
    """
    if modality is None:
        return of_shape(shape)
    if not isinstance(modality, Modality):
        modality = by_kind(modality)()
    modality.check(shape)
    return modality


def to_dict(modality: Modality, shape: tuple[int, ...]) -> dict[str, Any]:
    """The attributes of a modality for JSON, and its kind where the shape does not determine it."""
    attributes = {}
    for field in dataclasses.fields(modality):
        value = getattr(modality, field.name)
        attributes[_entry(field)] = list(value) if isinstance(value, tuple) else value
    if _by_form(shape, modality.dtype) is not type(modality):
        attributes = {"kind": modality.kind} | attributes
    return attributes


def from_dict(attributes: Mapping[str, Any], shape: tuple[int, ...], dtype: str) -> Modality:
    """The inverse of `to_dict`; `dtype` is that of raw data.

    Raises: ValueError for attributes that the modality does not have.
    """
    attributes = dict(attributes)
    name = attributes.pop("kind", None)
    kind = by_kind(name) if name else _by_form(shape, dtype)
    if kind is None or kind.dtype != dtype:
        raise ValueError(f"No kind of data has examples of shape {tuple(shape)} and type {dtype}.")
    fields = {_entry(field): field for field in dataclasses.fields(kind)}
    for name, value in attributes.items():
        if name not in fields:
            raise ValueError(f"{kind.kind} have no entry {name}.")
        default = fields[name].default
        expected = list if default == () else type(default)
        if not isinstance(value, expected):
            raise ValueError(
                f"{name} of {kind.kind} must be of type {expected.__name__}; received {value!r}."
            )
    modality = kind(**{fields[name].name: value for name, value in attributes.items()})
    modality.check(tuple(shape))
    return modality


def _entry(field: dataclasses.Field[Any]) -> str:
    """The name of a field in JSON."""
    return field.metadata.get("entry", field.name)


def _by_form(shape: tuple[int, ...], dtype: str) -> type[Modality] | None:
    """The first class with these axes and type of raw data, or None."""
    fitting = (kind for kind in KINDS if kind.dtype == dtype and len(kind.axes) == len(shape))
    return next(fitting, None)
