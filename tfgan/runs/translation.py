"""Translates image files of any sizes by a run, each for itself."""

import collections
import dataclasses
import logging
import os

import numpy as np
import PIL.Image
import tensorflow as tf

from tfgan import failures, images, modalities
from tfgan.data.decoding import preprocessing, raw_images
from tfgan.runs.translation_inputs import place

_LOG = logging.getLogger(__name__)

_SHEET = "contact_sheet"
_THUMBNAIL = 128  # pixels of a side
_ON_SHEET = 24  # files
# A name that is too long, and a directory that is a file.
_OF_ONE_PATH = (tf.errors.InvalidArgumentError, tf.errors.FailedPreconditionError)


@dataclasses.dataclass
class Report:
    """What became of the files.

    Attributes:
      written: list of str, the paths of the translations.
      failed: dict of name -> the reason, as a clause.
      sheet: str, the path of the contact sheet; "" without any translation.
    """

    written: list = dataclasses.field(default_factory=list)
    failed: dict = dataclasses.field(default_factory=dict)
    sheet: str = ""


def translate_files(
    translator, inputs, out, *, targets=None, background=preprocessing.WHITE, seed=0, limit=None,
    progress=None,
):  # fmt: skip
    """Writes the translation of each file as a PNG file of its name, and a contact sheet.

    A file that cannot be translated does not keep the others from it. A translation depends on its
    file and the seed alone. The sheet shows the first 24 files: source, result and target.

    Args:
      translator: `models.Translator`.
      inputs: `translation_inputs.Inputs`.
      out: str, a folder.
      targets: `Inputs` of true translations for the contact sheet, of equal names but for the
        suffix; None for none.
      background: (red, green, blue) in 0..255, visible where an image is transparent.
      seed: int, of the noise of sample 0.
      limit: int, bytes of memory that reading one image may take; None for any number.
      progress: function (done, total), or None.
    Returns: `Report`.
    Raises: ValueError, if a result would replace an input; `failures.Failure`, if nothing can be
      written.
    """
    report, rows = Report(failed=dict(inputs.missing)), []
    reading = {"background": background, "limit": limit}
    outputs = _outputs(inputs, out, targets)
    with failures.writing(out):
        tf.io.gfile.makedirs(out)
    for done, (name, written) in enumerate(outputs.items(), 1):
        try:
            content = inputs.content(name)
            source = raw_images.decode(
                content, translator.source, translator.source_channels, **reading
            )
            result = translator(source, seed=seed)
            _write(written, _picture(translator.target, result), out)
        except ValueError as error:
            report.failed[name] = str(error)
        except (MemoryError, tf.errors.ResourceExhaustedError):
            report.failed[name] = "its translation needs more memory than there is"
        else:
            report.written.append(written)
            if len(rows) < _ON_SHEET:
                rows.append([(translator.source, source), (translator.target, result)])
                rows[-1] = [_thumbnail(_picture(*part)) for part in rows[-1]]
                if targets:
                    rows[-1].append(_target(targets, name, translator.target, result, reading))
        if progress:
            progress(done, len(outputs))
    if rows:
        report.sheet = os.path.join(out, f"{_SHEET}.png")
        parts = [(modalities.Images(), np.stack(part)) for part in zip(*rows, strict=True)]
        with failures.writing(out):
            images.write_png(report.sheet, modalities.translation_grid(parts))
    return report


def _outputs(inputs, out, targets):
    """The path of each result: dict by name.

    A result is NAME.png without the suffix of its file, or with it if another file or the contact
    sheet would have the same path.
    """
    stems = {name: os.path.splitext(name)[0] for name in inputs.paths if inputs.paths[name]}
    counts = collections.Counter([_SHEET, *inputs.paths, *stems.values()])
    outputs = {
        name: os.path.join(out, f"{stem if counts[stem] == 1 else name}.png")
        for name, stem in stems.items()
    }
    written = {place(path) for path in [*outputs.values(), os.path.join(out, f"{_SHEET}.png")]}
    read = [*inputs.paths.values(), *(targets.paths.values() if targets else ())]
    replaced = written & {place(path) for path in read if path}
    if replaced:
        raise ValueError(
            f"out must be a folder where no result replaces an input; received {out}, which holds "
            f"{os.path.basename(min(replaced))}."
        )
    return outputs


def _write(path, picture, out):
    """Writes a result; ValueError for a path that the file system does not take."""
    try:
        with failures.writing(out):
            images.write_png(path, picture)
    except failures.Failure as error:
        if isinstance(error.__cause__, _OF_ONE_PATH):
            reason = failures.user_message(error.__cause__.message)
            raise ValueError(f"its result cannot be written: {reason}") from error
        raise


def _picture(modality, image):
    return np.asarray(modality.pictures(image[None]))[0]


def _target(targets, name, modality, result, reading):
    """The thumbnail of the target of a name, white if there is none."""
    stem = os.path.splitext(name)[0]
    alike = [each for each in targets.paths if os.path.splitext(each)[0] == stem]
    target = name if name in targets.paths else next(iter(alike), None)
    if target is None:
        return _thumbnail(np.full((1, 1, 1), 255, np.uint8))
    try:
        content = targets.content(target)
        truth = raw_images.decode(content, modality, result.shape[-1], **reading)
    except ValueError as error:
        _LOG.warning("The target %s is not on the contact sheet: %s.", target, error)
        return _thumbnail(np.full((1, 1, 1), 255, np.uint8))
    return _thumbnail(_picture(modality, truth))


def _thumbnail(picture):
    """A picture in the middle of a white square: uint8 `[128, 128, 3]`."""
    image = PIL.Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)
    scale = _THUMBNAIL / max(image.size)
    size = [max(1, round(side * scale)) for side in image.size]
    by = PIL.Image.Resampling
    image = image.resize(size, by.BICUBIC if scale < 1 else by.NEAREST)
    square = PIL.Image.new("RGB", (_THUMBNAIL, _THUMBNAIL), "white")
    corner = [(_THUMBNAIL - side) // 2 for side in size]
    square.paste(image, corner, image if image.mode == "RGBA" else None)
    return np.asarray(square)
