"""`pairs:arrays:FILE.npz`: pairs in two arrays of one file."""

import numpy as np

from tfgan import files, modalities
from tfgan.data import held_out, source_options
from tfgan.data.decoding import preprocessing, survey
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Paired, without_held_out

_KEYS = (("source", "data"), ("A", "B"))
_SPLITS = ("_test", "_val")
_CHOICES = {"classes": "NUMBER", "masks": "KEY"}


def open_arrays(location, preprocess):
    """The pairs of a file .npz.

    The arrays are `source` and `data`, or `A` and `B`: uint8 `[n, height, width]` or `[n, height,
    width, channels]`. Those of the same names with `_test` behind them, or else `_val`, are held
    out, or else one pair in ten, by the hash of the content of the data.

    Args:
      location: str, a path, and perhaps `#classes=N` for masks of N classes, the numbers from 0 on,
        in the only array that can be one; `#classes=N,masks=KEY` says in which.
      preprocess: `preprocessing.ImagePreprocessing`.
    Returns: `Paired`.
    Raises: ValueError for other arrays, unequal counts or sizes, held-out arrays of another form
      or without their partner, and numbers without a class.
    """
    name = f"pairs:arrays:{location}"
    path, choices = source_options.split(name, location, _CHOICES)
    with files.open_arrays(path, name) as stored:
        keys = next((each for each in _KEYS if set(each) <= set(stored)), None)
        if keys is None:
            raise ValueError(
                f"{name} must hold the arrays source and data, or A and B; it holds "
                f"{', '.join(stored) or 'none'}."
            )
        split = _split(name, stored, keys)
        suffixes = ["", split] if split else [""]
        parts = [{key + each: _read(name, stored, key + each) for key in keys} for each in suffixes]
    for part in parts:
        _check_same(name, part)
    masks = _masks(name, parts[0], choices)
    forms = [preprocessing.MaskPreprocessing(preprocess) if each else preprocess for each in masks]
    _check_alike(name, parts, forms)
    data = parts[0][keys[1]]
    hashes = held_out.hashes_of_rows(data)
    decisions = survey.of_alpha(data.shape[-1], preprocess)

    def domain(key, array, modality, form):
        array = _prepared(name, key, array, modality, form)
        return ArraySource(name, array, None, modality=modality)

    (source, target), *rest = (
        list(map(domain, part.keys(), part.values(), masks, forms)) for part in parts
    )
    if rest:
        source = Paired(name, target, source, Paired(name, rest[0][1], rest[0][0]))
    else:
        source = without_held_out(name, target, source, held_out.tenth(hashes))
    source.decisions = decisions | ({"held_out": split[1:]} if split else {})
    return source


def _split(name, stored, keys):
    """The ending of the names of the arrays that are held out; "" without any."""
    for split in _SPLITS:
        both = [key + split for key in keys]
        alone = [key for key in both if key in stored]
        if len(alone) == 1:
            raise ValueError(
                f"{name} must hold both of {both[0]} and {both[1]}, or neither; it holds "
                f"{alone[0]}."
            )
        if alone:
            return split
    return ""


def _read(name, stored, key):
    """An array with channels: uint8 `[n, height, width, channels]`."""
    array = stored[key]
    array = array[..., None] if array.ndim == 3 else array
    if array.dtype != np.uint8 or array.ndim != 4 or array.shape[-1] not in (1, 2, 3, 4):
        raise ValueError(
            f"{key} of {name} must be uint8 [n, height, width] or [n, height, width, channels]; "
            f"received {array.dtype.name} {list(array.shape)}."
        )
    if 0 in array.shape[1:]:
        raise ValueError(
            f"{key} of {name} must hold images of one pixel or more; received {list(array.shape)}."
        )
    return array


def _check_same(name, part):
    forms = [f"{list(array.shape)} ({key})" for key, array in part.items()]
    one, other = part.values()
    if one.shape[:3] != other.shape[:3]:
        raise ValueError(
            f"{name} must hold as many images of the same sizes in both arrays; received "
            f"{' and '.join(forms)}."
        )
    if not len(one):
        raise ValueError(f"{name} must hold pairs; received {' and '.join(forms)}.")


def _check_alike(name, parts, forms):
    """Raises ValueError for held-out arrays whose images get another form than training's."""
    for part in parts[1:]:
        for key, held_out_key, form in zip(parts[0], part, forms, strict=True):
            array, rest = parts[0][key], part[held_out_key]
            if form.shape(*rest.shape[1:]) != form.shape(*array.shape[1:]):
                sides = ", ".join(map(str, array.shape[1:]))
                raise ValueError(
                    f"{held_out_key} of {name} must be uint8 [n, {sides}], as {key} is; received "
                    f"{list(rest.shape)}."
                )


def _masks(name, part, choices):
    """For each array its `Masks`, or None for images: list."""
    key, number, keys = choices.get("masks"), choices.get("classes"), list(part)
    if number is None:
        if key:
            raise ValueError(f"{name}: masks must come with their number of classes, classes=N.")
        return [None, None]
    if not number.isdecimal() or not 1 <= int(number) <= 256:
        raise ValueError(f"{name}: classes must be in 1..256; received {number}.")
    if key and key not in keys:
        raise ValueError(f"{name}: masks must be {keys[0]} or {keys[1]}; received {key}.")
    fitting = [
        each for each, array in part.items() if array.shape[-1] == 1 and array.max() < int(number)
    ]
    if key or len(fitting) == 1:
        masks = modalities.Masks(tuple(map(str, range(int(number)))))
        return [masks if each == (key or fitting[0]) else None for each in keys]
    raise ValueError(
        f"{name}: classes={number} must fit one array, with numbers below {number}; it fits "
        f"{' and '.join(fitting) or f'neither {keys[0]} nor {keys[1]}'}: add masks=KEY."
    )


def _prepared(name, key, array, masks, form):
    if masks and (array.shape[-1] != 1 or array.max() >= masks.classes):
        raise ValueError(
            f"{key} of {name} must hold one number below {masks.classes} per pixel; received "
            f"{list(array.shape)} with {array.max()}."
        )
    return preprocessing.preprocess_array(array, form)
