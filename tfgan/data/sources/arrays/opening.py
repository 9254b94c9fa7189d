"""Opens a file of arrays as a source."""

import logging
import math

import numpy as np

from tfgan import files, memory, modalities
from tfgan.data import fingerprint, held_out, reading_rules, row_blocks, source_options
from tfgan.data.decoding import pixel_range, preprocessing, survey
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.arrays import axes, keys, labels

_LOG = logging.getLogger(__name__)

_CHOICES = {
    "data": "KEY",
    "label": "KEY",
    "kind": "|".join(each.kind for each in modalities.KINDS),
    "layout": axes.FORM,
    "range": pixel_range.FORM,
}
_EXACT = 2**24  # up to here float32 holds every whole number


def open_arrays(location, preprocess, *, rules=reading_rules.TODAY):
    """The arrays of an .npz or .npy file.

    Args:
      location: str, a path, local or remote, and behind "#" what its content leaves open: the key
        of the examples, or `data=KEY,label=KEY,kind=KIND,layout=LAYOUT,range=LOW..HIGH`.
      preprocess: `preprocessing.ImagePreprocessing`; for images only.
    Returns: `ArraySource`; held out is the file's test part, or one in ten, by the content's hash.
    Raises: ValueError for unsafe, other, ambiguous or non-finite contents.
    """
    name = f"arrays:{location}"
    path, choices = source_options.split(name, location, _CHOICES)
    with files.open_arrays(path, name) as arrays:
        forms = {key: arrays.header(key) for key in arrays}
        used = before = keys.as_before(forms)
        if rules == reading_rules.TODAY or before is None:
            used = keys.find(name, forms, choices.get("data"), choices.get("label"))
        data = [arrays[part.data] for part in used.parts]
        label = [arrays[part.label] for part in used.parts if part.label]
    if not all(map(len, data)):
        raise ValueError(f"{name} holds no examples.")
    kind = _kind(data[0], choices.get("kind"))
    read = _pixels if kind.is_bounded else _numbers
    data, hashes, form = read(name, data, preprocess, kind, choices)

    def modality_of(array, is_training):
        if kind.is_bounded:
            return modalities.of_arrays(name, array.shape[1:], array.dtype.name)
        some = (array[block][is_training[block]] for block in row_blocks.blocks(array))
        nonempty = (block for block in some if len(block))
        return kind.fit(name, array.shape[1:], nonempty, choices.get("layout"))

    decisions = form if used == before else used.decisions | form
    _log(name, forms, used, decisions)
    source = _source(name, data, label, hashes, modality_of, rules)
    modality = source.spec.modality
    if choices.get("kind") not in (None, modality.kind):
        raise ValueError(f"{name} holds {modality.kind}; received kind={choices['kind']}.")
    if modality.decisions():
        _LOG.info("%s: %s.", name, ", ".join(map(" ".join, modality.decisions().items())))
    source.decisions = decisions | modality.decisions() | source.decisions
    return source


def kind(location):
    """The kind of data that is given behind a location: str, or None."""
    return source_options.split(f"arrays:{location}", location, _CHOICES)[1].get("kind")


def _kind(array, kind):
    if kind is not None:
        return modalities.by_kind(kind)
    return modalities.Points if array.ndim == 2 and array.dtype.kind == "f" else modalities.Images


def _pixels(name, data, preprocess, _, choices):
    """(uint8 images or videos of each part; hashes of the first; dict of what is not default)."""
    layout = axes.recognize(name, data[0].shape, data[0].dtype.name, choices.get("layout"))
    text = choices.get("range")
    limits = pixel_range.parse(name, text) if text else pixel_range.recognize(name, data)
    data = [_to_pictures(name, array, layout, limits) for array in data]
    hashes = held_out.hashes_of_rows(data[0])
    form = {"layout": layout} if layout not in ("hw", "hwc", "thwc") else {}
    form |= {"range": pixel_range.format_range(limits)} if limits != (0, 255) else {}
    if data[0].ndim == 5:
        preprocess.check_unused(name, "videos")
        return data, hashes, form
    form |= survey.of_alpha(data[0].shape[-1], preprocess)
    for array in data:
        shape = preprocess.shape(*array.shape[1:])
        if shape != array.shape[1:]:
            memory.require(len(array) * math.prod(shape), f"{name}, as images of {list(shape)},")
    return [preprocessing.preprocess_array(array, preprocess) for array in data], hashes, form


def _to_pictures(name, array, layout, limits):
    memory.require(2 * array.size, f"{name}, as uint8,")
    pixels, outside = pixel_range.to_uint8(array, limits)
    if outside:
        _LOG.warning(
            "%s: %s of %s pixels are outside %s and are clipped.",
            name, f"{outside:,}", f"{array.size:,}", pixel_range.format_range(limits),
        )  # fmt: skip
    pixels = axes.to_channels_last(pixels, layout)
    allowed = (1, 3) if pixels.ndim == 5 else axes.CHANNELS
    if pixels.shape[-1] not in allowed:
        raise ValueError(f"{name} must have {allowed} channels; received {pixels.shape[-1]}.")
    return pixels


def _numbers(name, data, preprocess, kind, choices):
    """Points, latents and other floats as a source holds them: float32; returns as `_pixels`."""
    preprocess.check_unused(name, kind.kind)
    if "range" in choices:
        raise ValueError(f"range is for images and videos; {name} holds {kind.kind}.")
    data = [_to_floats(name, array) for array in data]
    form = {"kind": kind.kind} if "kind" in choices else {}
    return data, held_out.hashes_of_rows(data[0]), form


def _to_floats(name, array):
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold numbers; received {array.dtype.name}.")
    is_whole = array.dtype.kind != "f"
    if is_whole and array.size and max(abs(int(array.min())), abs(int(array.max()))) > _EXACT:
        raise ValueError(f"{name} holds whole numbers beyond {_EXACT:,}, which float32 rounds.")
    with np.errstate(over="ignore"):
        data = array.astype(np.float32, copy=False)
    row_blocks.check_finite(name, data, " or too large for float32")
    return data


def _log(name, forms, used, decisions):
    if used.unused:
        _LOG.warning("%s: the arrays %s are not used.", name, ", ".join(used.unused))
    if decisions:
        phrases = ", ".join(f"{key} {value}" for key, value in decisions.items())
        data = used.training.data
        _LOG.info("%s: %s %s is read with %s.", name, data, forms[data], phrases)


def _source(name, data, label, hashes, modality_of, rules):
    """The training source; `modality_of`: function (array, bool `[n]`, training) -> `Modality`."""
    label, class_names = labels.read(f"The labels of {name}", label, rules) if label else ([], None)
    begins_at_1 = bool(label) and class_names[0] == "1" and rules == reading_rules.TODAY
    label = label or [None] * len(data)
    if len(data) == 1:
        is_held_out, each_class = held_out.decide(name, hashes, label[0], rules)
        modality = modality_of(data[0], ~is_held_out)
        whole = ArraySource(name, data[0], label[0], class_names, modality=modality)
        source = held_out.without_held_out(whole, is_held_out, each_class)
    else:
        modality = modality_of(data[0], np.ones(len(data[0]), bool))
        source = _with_test(name, data, label, class_names, modality)
    source.decisions = source.decisions | ({"first_label": 1} if begins_at_1 else {})
    return source


def _with_test(name, data, label, class_names, modality):
    shapes = [modality.shape(array.shape[1:]) for array in data]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"{name}: the examples to train on and those held out must have one shape; received "
            f"{list(shapes[0])} and {list(shapes[1])}."
        )
    training, test = (
        ArraySource(name, array, numbers, class_names, modality=modality)
        for array, numbers in zip(data, label, strict=True)
    )

    def open_test():
        digest = fingerprint.of_held_out(training.fingerprint, test.fingerprint)
        return test.part(test.rows, digest=digest)

    return training.part(training.rows, open_test)
