"""Translates image files of any sizes by a run, each for itself."""

import dataclasses
import os

import numpy as np
import PIL.Image
import tensorflow as tf

from tfgan import failures, files, images, memory
from tfgan.data import file_listing
from tfgan.data.decoding import image_header, preprocessing, raw_images

_THUMBNAIL = 128  # pixels of a side
_ON_SHEET = 24  # files


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


def find_files(location):
    """The image files of a file, a folder or a pattern: dict of name -> path.

    Raises: ValueError, if there are none.
    """
    if tf.io.gfile.isdir(location):
        folder = file_listing.Folder(location)
        paths = dict(zip(folder.names, folder.paths, strict=True))
    elif tf.io.gfile.exists(location):
        paths = {os.path.basename(location): location}
    else:
        paths = {os.path.basename(path): path for path in sorted(_matching(location))}
    if not paths:
        suffixes = " ".join(image_header.SUFFIXES)
        raise ValueError(
            f"input must be an image, a folder of images or a pattern ({suffixes}); there is none "
            f"at {location}."
        )
    return paths


def translate_files(
    translator, paths, out, *, targets=None, background=preprocessing.WHITE, seed=0, progress=None
):
    """Writes the translation of each file as a PNG file of its name, and a contact sheet.

    A file that cannot be translated does not keep the others from it. Pixels are turned the right
    way up as EXIF says, and transparent ones show the background.

    Args:
      translator: `models.translation.Translator`.
      paths: dict of name -> path, as of `find_files`.
      out: str, a folder.
      targets: dict as `paths`, of true translations for the contact sheet; None for none.
      background: (red, green, blue) in 0..255.
      seed: int, of the noise; the file of number i has that of sample i.
      progress: function (done, total), or None.
    Returns: `Report`.
    Raises: `failures.Failure`, if nothing can be written.
    """
    report, rows = Report(), []
    names = _output_names(paths)
    limit = memory.budget(None) // 2
    for index, (name, path) in enumerate(paths.items()):
        try:
            source = read(path, translator.source, translator.source_channels, background, limit)
            result = translator(source, seed=seed, index=index)
        except ValueError as error:
            report.failed[name] = str(error)
        else:
            written = os.path.join(out, names[name])
            with failures.writing(out):
                tf.io.gfile.makedirs(os.path.dirname(written))
                images.write_png(written, _picture(translator.target, result))
            report.written.append(written)
            if len(rows) < _ON_SHEET:
                target = (targets or {}).get(name)
                rows.append(_row(translator, source, result, target, background, limit))
        if progress:
            progress(index + 1, len(paths))
    if rows:
        report.sheet = os.path.join(out, "contact_sheet.png")
        with failures.writing(out):
            images.write_png(report.sheet, images.grid(np.concatenate(rows), len(rows[0])))
    return report


def read(path, modality, channels, background=preprocessing.WHITE, limit=None):
    """An image file as raw data of a modality: as `raw_images.decode`, of a path."""
    try:
        content = files.read_bytes(path, path)
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror or error}") from error
    return raw_images.decode(content, modality, channels, background, limit)


def _matching(pattern):
    try:
        paths = tf.io.gfile.glob(pattern)
    except tf.errors.OpError:
        return []
    return [path for path in paths if path.lower().endswith(image_header.SUFFIXES)]


def _output_names(paths):
    """The name of each result, .png for its suffix; files that differ by it alone keep it."""
    stems = [os.path.splitext(name)[0] for name in paths]
    return {
        name: f"{stem if stems.count(stem) == 1 else name}.png"
        for name, stem in zip(paths, stems, strict=True)
    }


def _picture(modality, image):
    return np.asarray(modality.pictures(image[None]))[0]


def _row(translator, source, result, target, background, limit):
    """Thumbnails of a source, its translation and the target, if there is one."""
    pictures = [_picture(translator.source, source), _picture(translator.target, result)]
    if target:
        channels = result.shape[-1]
        truth = read(target, translator.target, channels, background, limit)
        pictures.append(_picture(translator.target, truth))
    return np.stack([_thumbnail(picture) for picture in pictures])


def _thumbnail(picture):
    """A picture in the middle of a white square: uint8 `[128, 128, 3]`."""
    image = PIL.Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)
    image = image.convert("RGB")
    scale = _THUMBNAIL / max(image.size)
    size = [max(1, round(side * scale)) for side in image.size]
    image = image.resize(size, PIL.Image.Resampling.BICUBIC if scale < 1 else 0)
    square = PIL.Image.new("RGB", (_THUMBNAIL, _THUMBNAIL), "white")
    square.paste(image, [(_THUMBNAIL - side) // 2 for side in size])
    return np.asarray(square)
