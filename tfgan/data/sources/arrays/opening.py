"""Opens a file of arrays as a source."""

import logging
import math

from tfgan import files, memory, modalities
from tfgan.data import fingerprint, held_out, reading_rules, source_options
from tfgan.data.decoding import pixel_range, preprocessing, survey
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.arrays import axes, keys, labels, numbers

_LOG = logging.getLogger(__name__)

_CHOICES = {
    "data": "KEY",
    "label": "KEY",
    "kind": "|".join(each.kind for each in modalities.KINDS),
    "layout": axes.FORM,
    "range": pixel_range.FORM,
}


def open_arrays(location, fit, *, rules=reading_rules.TODAY):
    """The arrays of an .npz or .npy file.

    Args:
      location: str, a path, local or remote, and behind "#" what its content does not tell: the
        key of the examples, or `data=KEY,label=KEY,kind=KIND,layout=LAYOUT,range=LOW..HIGH`.
      fit: `preprocessing.ImagePreprocessing`; for images only.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    Returns: `ArraySource`; held out is the file's own test part, or one example in ten, by the hash
      of its content. Its `decided` has what was recognized and is not a matter of course.
    Raises: ValueError for a file that cannot be read safely, other contents, several meanings,
      numbers that are not finite, and labels that do not fit the examples.
    """
    name = f"arrays:{location}"
    path, chosen = source_options.split(name, location, _CHOICES)
    with files.open_arrays(path, name) as arrays:
        forms = {key: arrays.header(key) for key in arrays}
        found = before = keys.as_before(forms)
        if rules == reading_rules.TODAY or before is None:
            found = keys.find(name, forms, chosen.get("data"), chosen.get("label"))
        data = [arrays[part.data] for part in found.parts]
        label = [arrays[part.label] for part in found.parts if part.label]
    if not all(map(len, data)):
        raise ValueError(f"{name} holds no examples.")
    kind, layout = _kind(data[0], chosen.get("kind")), chosen.get("layout")
    if kind.is_bounded:
        data, hashes, form = _pixels(name, data, fit, chosen)
    else:
        _check_no_fit(name, kind.kind, fit)
        data, hashes, form = numbers.read(name, data, kind, chosen)

    def modality_of(array, rows=None):
        if kind.is_bounded:
            return modalities.of_arrays(name, array.shape[1:], array.dtype.name)
        return kind.fit(name, array.shape[1:], numbers.blocks(array, rows), layout)

    decisions = form if found == before else found.told | form
    _say(name, forms, found, decisions)
    source = _source(name, data, label, hashes, modality_of, rules)
    modality = source.spec.modality
    _check_kind(modality, name, chosen.get("kind"))
    if modality.decisions():
        _LOG.info("%s: %s.", name, ", ".join(map(" ".join, modality.decisions().items())))
    source.decisions = decisions | modality.decisions() | source.decisions
    return source


def kind(location):
    """The kind of data that stands behind a location: str, or None."""
    return source_options.split(f"arrays:{location}", location, _CHOICES)[1].get("kind")


def _kind(array, kind):
    """The class of the modality that an array has: rows of floats are points by default."""
    if kind is not None:
        return modalities.by_kind(kind)
    is_rows = array.ndim == 2 and array.dtype.kind == "f"
    return modalities.Points if is_rows else modalities.Images


def _check_kind(modality, name, kind):
    if kind not in (None, modality.kind):
        raise ValueError(f"{name} holds {modality.kind}; received kind={kind}.")


def _pixels(name, data, fit, chosen):
    """Images or videos as a source holds them.

    Returns: (list of arrays, a part each; uint64 hashes of the first; dict: the form that was
      recognized, but for what is a matter of course).
    """
    layout = axes.recognize(name, data[0].shape, data[0].dtype.name, chosen.get("layout"))
    text = chosen.get("range")
    of = pixel_range.parse(name, text) if text else pixel_range.recognize(name, data)
    data = [_pictures(name, array, layout, of) for array in data]
    hashes = held_out.hashes_of_rows(data[0])
    form = {"layout": layout} if layout not in ("hw", "hwc", "thwc") else {}
    form |= {"range": pixel_range.in_words(of)} if of != (0, 255) else {}
    if data[0].ndim == 5:
        _check_no_fit(name, "videos", fit)
        return data, hashes, form
    form |= survey.of_alpha(data[0].shape[-1], fit)
    return [_fitted(name, array, fit) for array in data], hashes, form


def _fitted(name, array, fit):
    """Images as `fit` makes them, once it is known that memory suffices."""
    shape = fit.shape(*array.shape[1:])
    if shape != array.shape[1:]:
        memory.require(len(array) * math.prod(shape), f"{name}, as images of {list(shape)},")
    return preprocessing.fit_array(array, fit)


def _check_no_fit(name, modality, fit):
    if not fit.is_identity:
        raise ValueError(f"image_size and channels are for images; {name} holds {modality}.")


def _pictures(name, array, layout, of):
    """uint8 images or videos, channels last."""
    memory.require(2 * array.size, f"{name}, as uint8,")
    pixels, outside = pixel_range.to_uint8(array, of)
    if outside:
        _LOG.warning(
            "%s: %s of %s pixels lie outside %s and are clipped.",
            name, f"{outside:,}", f"{array.size:,}", pixel_range.in_words(of),
        )  # fmt: skip
    pixels = axes.to_channels_last(pixels, layout)
    known = (1, 3) if pixels.ndim == 5 else axes.CHANNELS
    if pixels.shape[-1] not in known:
        raise ValueError(f"{name} must have {known} channels; received {pixels.shape[-1]}.")
    return pixels


def _say(name, forms, found, decisions):
    if found.unused:
        _LOG.warning("%s: the arrays %s are not used.", name, ", ".join(found.unused))
    if decisions:
        told = ", ".join(f"{what} {value}" for what, value in decisions.items())
        _LOG.info(
            "%s: %s %s is read with %s.",
            name,
            found.training.data,
            forms[found.training.data],
            told,
        )


def _source(name, data, label, hashes, modality_of, rules):
    """The source of the training examples, which knows the held-out ones.

    Args:
      modality_of: function (array, bool `[n]` which rows are training examples) -> `Modality`.
    """
    label, class_names = labels.read(f"The labels of {name}", label, rules) if label else ([], None)
    begins_at_1 = bool(label) and class_names[0] == "1" and rules == reading_rules.TODAY
    decisions = {"first_label": 1} if begins_at_1 else {}
    label = label or [None] * len(data)
    if len(data) == 1:
        is_held_out, each = held_out.decide(name, hashes, label[0], rules)
        modality = modality_of(data[0], ~is_held_out)
        whole = ArraySource(name, data[0], label[0], class_names, modality=modality)
        source = held_out.parts(whole, is_held_out, each)
    else:
        source = _with_test(name, data, label, class_names, modality_of(data[0]))
    source.decisions = source.decisions | decisions
    return source


def _with_test(name, data, label, class_names, modality):
    """The source of the first part, of which the second is held out."""
    shapes = [modality.shape(rows.shape[1:]) for rows in data]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"{name}: the examples to train on and those held out must have one shape; received "
            f"{list(shapes[0])} and {list(shapes[1])}."
        )
    training, test = (
        ArraySource(name, rows, numbers, class_names, modality=modality)
        for rows, numbers in zip(data, label, strict=True)
    )

    def open_test():
        facts = {"held out of": training.fingerprint, "held out": test.fingerprint}
        return test.part(test.rows, digest=fingerprint.of_facts(facts))

    return training.part(training.rows, open_test)
