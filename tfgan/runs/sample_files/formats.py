"""The forms of file that samples take, by the suffix of `--out`."""

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

_LOOKS_LIKE_A_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}")


@dataclasses.dataclass(frozen=True)
class Format:
    """One form.

    Attributes:
      suffixes: tuple of str, in small letters, of `Modality.endings`; "/" for a folder.
      about: str, how a message calls it.
      write: function (path, `draw.Samples`).
    """

    suffixes: tuple
    about: str
    write: Callable


def find(out, spec):
    """The form that a path asks for.

    Args:
      out: str, the path of a file or a folder.
      spec: `DataSpec` of the samples.
    Returns: Format.
    Raises: ValueError for a form that there is not, or that these samples do not have.
    """
    suffix = os.path.splitext(out)[1].lower()
    found = next((form for form in FORMATS if suffix in form.suffixes), None)
    is_folder = out.endswith("/") or tf.io.gfile.isdir(out)
    if is_folder or (found is None and not _LOOKS_LIKE_A_SUFFIX.fullmatch(suffix)):
        found = _FOLDER
    endings = spec.modality.suffixes
    if found is None or not set(found.suffixes) & set(endings):
        suitable = [form.about for form in FORMATS if set(form.suffixes) & set(endings)]
        raise ValueError(
            f"--out takes {', '.join(suitable[:-1])} or {suitable[-1]} for samples that are "
            f"{spec.modality.kind}; received {out}."
        )
    return found


def _write_png(path, samples):
    images.write_png(path, samples.spec.modality.picture(samples.data))


def _write_jpeg(path, samples):
    images.write_jpeg(path, samples.spec.modality.picture(samples.data))


def _write_arrays(path, samples):
    files.write_arrays(path, samples.arrays, compressed=True)


def _write_texts(path, samples):
    text.write(path, samples.spec.modality.lines(samples.data))


def _write_zip(path, samples):
    """Stored, not deflated, as PNG files are; equal samples give equal bytes."""
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
    """Yields (name, content) of a PNG file of each sample; that of a video has its frames in a row.

    With labels there is a folder for each class, and a dataset.json, by which `--data=images:`
    gives each sample its label and all classes their names, also those without a sample.
    """
    data, label = samples.data, samples.arrays.get("label")
    folders = _class_folders(samples.spec)
    names = [
        f"{name}.png" if label is None else f"{folders[label[index]]}/{name}.png"
        for index, name in enumerate(samples.names)
    ]
    pictures = np.asarray(samples.spec.modality.pictures(data))
    for name, picture in zip(names, pictures, strict=True):
        yield name, tf.io.encode_png(picture).numpy()
    if label is not None:
        listed = label_files.dataset(names, label, samples.spec.class_names)
        yield label_files.DATASET, listed.encode()


def _class_folders(spec):
    """The names of the classes; their numbers, if one of them is not the name of a folder."""
    names = spec.class_names
    can_be = all(files.is_plain_name(name) and not name.startswith(".") for name in names)
    return names if can_be else [str(number) for number in range(len(names))]


_FOLDER = Format(("/",), "FOLDER/ (one PNG per sample)", _write_folder)
FORMATS = (
    Format((".png",), "FILE.png (one picture)", _write_png),
    Format((".jpg", ".jpeg"), "FILE.jpg (one picture, compressed)", _write_jpeg),
    Format((".txt",), "FILE.txt (one text per line)", _write_texts),
    Format((".npz",), "FILE.npz (arrays)", _write_arrays),
    Format((".zip",), "FILE.zip (one PNG per sample)", _write_zip),
    _FOLDER,
)
