"""The image files that are translated: those of a folder, a zip file or a pattern."""

import dataclasses
import os
from collections.abc import Callable, Mapping

import tensorflow as tf

from tfgan import failures, files
from tfgan.data import file_listing
from tfgan.data.decoding import image_header, zip_files


@dataclasses.dataclass(frozen=True)
class Inputs:
    """Image files.

    Attributes:
      paths: dict of name -> path, "" for what is in `missing`. A name has / between folders.
      content: function name -> bytes; ValueError with the reason as a clause.
      missing: dict of name -> why it cannot be read, as a clause: links to nothing, pipes, devices.
    """

    paths: dict[str, str]
    content: Callable[[str], bytes]
    missing: Mapping[str, str]


def find(location, out=""):
    """The image files in a file, a folder with its sub-folders, a zip file or a pattern.

    Files in the folder `out` are left out if it lies in the folder of the files: those that a
    command has written are not translated when it is run again.

    Raises: ValueError, if there are none.
    """
    if location.lower().endswith(".zip") and not tf.io.gfile.isdir(location):
        archive = zip_files.Zip(location)
        paths = dict(zip(archive.names, archive.paths, strict=True))
        return Inputs(_some(paths, location), _clauses(archive.content), archive.missing)
    paths, missing, folder = _paths(location)
    if folder and out and is_in(_real(out), folder):
        left = {name: path for name, path in paths.items() if not path or not is_in(path, out)}
        if paths and not left:
            raise ValueError(
                f"out must be a folder that does not hold all of the input; received {out}."
            )
        paths = left
    read = _clauses(lambda name: files.read_bytes(paths[name], "it"))
    return Inputs(_some(paths, location), read, missing)


def is_in(path, folder):
    """Whether a file or a folder lies in a folder, or is it."""
    return os.path.join(place(path), "").startswith(os.path.join(_real(folder), ""))


def place(path):
    """A path that is equal for equal files: without links but one of the last name."""
    if "://" in path:
        return path.rstrip("/")
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _real(folder):
    return folder.rstrip("/") if "://" in folder else os.path.realpath(folder)


def _paths(location):
    """(`Inputs.paths`, `Inputs.missing`, their folder; "" for a single file)."""
    if tf.io.gfile.isdir(location):
        folder = file_listing.Folder(location)
        paths = dict(zip(folder.names, folder.paths, strict=True))
        return paths | dict.fromkeys(folder.missing, ""), folder.missing, location
    if tf.io.gfile.exists(location):
        return {os.path.basename(location): location}, {}, ""
    paths = _matching(location)
    start = os.path.commonprefix(paths).rpartition("/")[0]
    names, _ = file_listing.image_names([path.removeprefix(start).lstrip("/") for path in paths])
    return {name: os.path.join(start, name) for name in names}, {}, start or "."


def _matching(pattern):
    try:
        return sorted(tf.io.gfile.glob(pattern))
    except tf.errors.OpError:  # such as of a folder that does not exist
        return []


def _some(paths, location):
    if paths:
        return paths
    raise ValueError(
        "input must be an image, a folder of images, a zip file of images or a pattern; there is "
        f"no image at {location} ({' '.join(image_header.SUFFIXES)})."
    )


def _clauses(content):
    """A function name -> bytes whose errors are ValueErrors with a clause."""

    def read(name):
        try:
            return content(name)
        except ValueError as error:
            raise ValueError(str(error).removeprefix("it: ").rstrip(".")) from error
        except tf.errors.OpError as error:
            reason = failures.user_message(error.message)
            raise ValueError(f"it cannot be read: {reason}") from error

    return read
