"""The file formats of samples, by the suffix of `--out`."""

import dataclasses
import io
import os
import re
import zipfile
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from tfgan import files, images, text
from tfgan.data.labels import label_files
from tfgan.modalities import translations

_LOOKS_LIKE_A_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")


@dataclasses.dataclass(frozen=True)
class Format:
    """One format."""

    suffixes: tuple  # of str, lower case, of `Modality.suffixes`; "/" for a folder
    about: str  # what messages call it
    write: Callable  # (path, `draw.Samples`)


def find(out, spec):
    """The format for a path.

    Args:
      out: str, the path of a file or a folder.
      spec: `DataSpec` of the samples.
    Returns: Format.
    Raises: ValueError for an unknown format, or one that does not suit the samples.
    """
    suffix = os.path.splitext(out)[1].lower()
    chosen = next((each for each in FORMATS if suffix in each.suffixes), None)
    is_folder = out.endswith("/") or tf.io.gfile.isdir(out)
    if is_folder or (chosen is None and not _LOOKS_LIKE_A_SUFFIX.fullmatch(suffix)):
        chosen = _FOLDER
    suitable = [each for each in FORMATS if set(each.suffixes) & set(spec.modality.suffixes)]
    if chosen not in suitable:
        *others, last = (each.about for each in suitable)
        raise ValueError(
            f"--out takes {', '.join(others)} or {last} for samples that are "
            f"{spec.modality.kind}; received {out}."
        )
    return chosen


def _write_png(path, samples):
    images.write_png(path, _picture(samples))


def _write_jpeg(path, samples):
    images.write_jpeg(path, _picture(samples))


def _picture(samples):
    kinds = samples.spec.condition_modalities
    kinds = {name: kind for name, kind in kinds.items() if name in samples.arrays}
    return translations.picture(samples.arrays, samples.spec.modality, kinds)


def _write_arrays(path, samples):
    files.write_arrays(path, samples.arrays, compressed=True)


def _write_texts(path, samples):
    text.write(path, samples.spec.modality.lines(samples.data))


def _write_zip(path, samples):
    """PNG files are not compressed again; equal samples give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _single_files(samples):
            archive.writestr(zipfile.ZipInfo(name), content)
    files.write_bytes(path, buffer.getvalue())


def _write_folder(path, samples):
    with files.new_directory(path, "tfgan sample") as part:
        for name, content in _single_files(samples):
            files.write_bytes(f"{part}/{name}", content)


def _single_files(samples):
    """Yields (name, content) of one PNG file per sample, with the frames of a video in a row.

    With labels there is one folder per class, and a dataset.json, from which `--data=images:` reads
    the label of each sample and the names of all classes, also of those without a sample.
    """
    label = samples.arrays.get("label")
    folders = _class_folders(samples.spec)
    names = [
        f"{name}.png" if label is None else f"{folders[label[index]]}/{name}.png"
        for index, name in enumerate(samples.names)
    ]
    pictures = np.asarray(samples.spec.modality.pictures(samples.data))
    for name, picture in zip(names, pictures, strict=True):
        yield name, tf.io.encode_png(picture).numpy()
    if label is not None:
        dataset = label_files.dataset(names, label, samples.spec.class_names)
        yield label_files.DATASET, dataset.encode()


def _class_folders(spec):
    """The names of the classes; their numbers, if a name cannot be that of a folder."""
    names = spec.class_names
    are_valid = all(files.is_plain_name(name) and not name.startswith(".") for name in names)
    return names if are_valid else [str(number) for number in range(len(names))]


_FOLDER = Format(("/",), "FOLDER/ (one PNG per sample)", _write_folder)
FORMATS = (
    Format((".png",), "FILE.png (one picture)", _write_png),
    Format((".jpg", ".jpeg"), "FILE.jpg (one picture, compressed)", _write_jpeg),
    Format((".txt",), "FILE.txt (one text per line)", _write_texts),
    Format((".npz",), "FILE.npz (arrays)", _write_arrays),
    Format((".zip",), "FILE.zip (one PNG per sample)", _write_zip),
    _FOLDER,
)
