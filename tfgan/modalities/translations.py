"""Pictures of translations: source, result and target of each example side by side.

>>> from tfgan import modalities
>>> gray, color = np.zeros((4, 8, 8, 1), np.uint8), np.zeros((4, 8, 8, 3), np.uint8)
>>> images = modalities.Images()
>>> modalities.translation_grid([(images, gray), (images, color)], columns=2).shape
(142, 274, 3)
"""

import math

import numpy as np

from tfgan import images
from tfgan.modalities import previews

_GAP = 2  # pixels between the parts of an example; three times as many between examples
_LEGIBLE = 64  # pixels of a side


def translation_grid(parts, columns=None):
    """A grid of examples, the parts of each side by side.

    Images below 64 pixels are enlarged by a whole number. Masks have the colors of their palette;
    gray parts are repeated for each color of other parts, opaque where other parts are transparent,
    and small ones stand on white.

    Args:
      parts: sequence of (`Modality` that has pictures, raw `[n, ...]`), from left to right, such as
        source, result and target; equal n.
      columns: int, examples in a row; by default the squarest grid.
    Returns: uint8 `[height, width, channels]`.
    Raises: ValueError for parts of other counts, and a kind without pictures.
    """
    counts = {len(data) for _, data in parts}
    if len(counts) != 1 or 0 in counts:
        raise ValueError(f"parts must hold equally many examples; received {sorted(counts)}.")
    shown = [np.asarray(kind.pictures(data)) for kind, data in parts]
    height, width, channels = (max(each.shape[axis] for each in shown) for axis in (1, 2, 3))
    shown = [_in_form(each, height, width, channels) for each in shown]
    scale = max(1, _LEGIBLE // max(height, width))
    shown = [each.repeat(scale, axis=1).repeat(scale, axis=2) for each in shown]
    columns = columns or max(1, round(math.sqrt(len(shown[0]) / len(parts))))
    examples = [images.grid(example, len(parts), gap=_GAP) for example in zip(*shown, strict=True)]
    return images.grid(np.stack(examples), columns, gap=_GAP)


def parts_of(samples, modality, condition_modalities, target=None):
    """The parts of `translation_grid` in samples: list; [] without conditions that have pictures.

    Args:
      samples: dict of raw arrays: `data` and conditions, as a model's `sample` returns them.
      modality: `Modality` of the data.
      condition_modalities: dict of the `Modality` of each condition, as of a model.
      target: raw `[n, ...]` of the form of `data`, or None.
    """
    kinds = {n: kind for n, kind in condition_modalities.items() if kind.has_pictures}
    if not kinds or not modality.has_pictures:
        return []
    parts = [(kind, samples[name]) for name, kind in kinds.items()] + [(modality, samples["data"])]
    return parts if target is None else [*parts, (modality, target)]


def picture(samples, modality, condition_modalities, target=None, columns=None):
    """The `translation_grid` of samples, or their `Modality.picture`; args as of `parts_of`."""
    parts = parts_of(samples, modality, condition_modalities, target)
    return translation_grid(parts, columns) if parts else modality.picture(samples["data"], columns)


def preview(samples, modality, condition_modalities, target=None, columns=None):
    """As `picture`, for training: `previews.Picture`, or `Modality.preview` without conditions."""
    parts = parts_of(samples, modality, condition_modalities, target)
    if not parts:
        return modality.preview(samples["data"], columns)
    return previews.Picture(translation_grid(parts, columns))


def _in_form(pictures, height, width, channels):
    """Pictures `[n, h, w, c]` with more channels, and white below and to the right."""
    if pictures.shape[-1] == 1 < channels:
        pictures = np.repeat(pictures, min(channels, 3), axis=-1)
    added = [(0, 0), (0, 0), (0, 0), (0, channels - pictures.shape[-1])]
    pictures = np.pad(pictures, added, constant_values=255)
    added = [(0, 0), (0, height - pictures.shape[1]), (0, width - pictures.shape[2]), (0, 0)]
    return np.pad(pictures, added, constant_values=255)
