"""`arrays:FILE.npz`: images, videos or points, and labels, as NumPy saves them; never a pickle."""

import logging
import zipfile
import zlib

import numpy as np
import tensorflow as tf

from tfgan.data import decoding, held_out, rules

_LOG = logging.getLogger(__name__)

_DATA = ("data", "images", "x")
_LABEL = "label"


def open_arrays(path, fit, *, by=rules.TODAY):
    """The arrays of an .npz file.

    The examples are the array `data`, `images` or `x`, or the only one: uint8 images
    `[n, height, width]` or `[n, height, width, channels]`, uint8 videos `[n, frames, height, width,
    channels]`, or float points `[n, d]`. The optional array `label` holds one integer from 0 an
    example.

    Args:
      path: str, anything that `tf.io.gfile` takes.
      fit: `decoding.Fit`; for images only.
      by: `rules.BEFORE` or `rules.TODAY`; by the latter labels may be counted from 1 as well.
    Returns: `ArraySource`; one example in ten is held out, by the hash of its content.
    Raises: ValueError for another layout, objects, float images, numbers that are not finite, and
      labels that are not integers from 0, one an example.
    """
    name = f"arrays:{path}"
    data, label = _load(name, path)
    if data.dtype.kind == "f" and data.ndim == 2:
        return held_out.split(name, _points(name, data, fit), label, by=by)
    pictures = _pictures(name, data)
    if pictures.ndim == 5:
        return held_out.split(name, _videos(name, pictures, fit), label, by=by)
    hashes = held_out.hashes_of_rows(pictures)
    images = decoding.fit_array(pictures, fit)
    return held_out.split(name, images, label, hashes=hashes, by=by)


def _load(name, path):
    if not tf.io.gfile.exists(path) or tf.io.gfile.isdir(path):
        raise ValueError(f"{name}: there is no such file.")
    with tf.io.gfile.GFile(path, "rb") as file:
        arrays = _opened(name, file)
        return _read(name, arrays, _data_key(name, arrays.files)), _read(name, arrays, _LABEL)


def _opened(name, file):
    try:
        arrays = np.load(file, allow_pickle=False)
    except (ValueError, EOFError, zipfile.BadZipFile):
        arrays = None
    if not isinstance(arrays, np.lib.npyio.NpzFile):  # a single .npy loads as an array
        raise ValueError(f"{name}: this is not an .npz file of arrays.")
    return arrays


def _data_key(name, keys):
    candidates = [key for key in keys if key != _LABEL]
    found = [key for key in _DATA if key in candidates] or candidates
    if len(found) > 1 and found[0] not in _DATA or not found:
        listed = ", ".join(keys) or "none"
        raise ValueError(
            f"{name} must hold its examples as the array data, images or x, or as the only array; "
            f"found {listed}."
        )
    unused = sorted(set(candidates) - {found[0]})
    if unused:
        _LOG.warning("%s: the arrays %s are not used.", name, ", ".join(unused))
    return found[0]


def _read(name, arrays, key):
    if key not in arrays.files:
        return None
    try:
        return arrays[key]
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ValueError(f"{name}: the array {key} is damaged ({error}).") from error
    except ValueError as error:
        raise ValueError(
            f"{name}: the array {key} holds Python objects, which are never loaded; save numbers."
        ) from error


def _points(name, data, fit):
    if not fit.is_identity:
        raise ValueError(f"image_size and channels are for images; {name} holds points.")
    wrong = np.flatnonzero(~np.isfinite(data).all(axis=1))
    if wrong.size:
        raise ValueError(f"{name}: row {wrong[0]} holds a number that is not finite (NaN or inf).")
    return data.astype(np.float32, copy=False)


def _videos(name, data, fit):
    if not fit.is_identity:
        raise ValueError(f"image_size and channels are for images; {name} holds videos.")
    return data


def _pictures(name, data):
    """Images `[n, height, width, channels]`, or videos with frames before the height."""
    if data.ndim == 3:
        data = data[..., None]
    if data.ndim not in (4, 5) or data.shape[-1] not in (1, 3):
        raise ValueError(
            f"{name} must hold images [n, height, width] or [n, height, width, channels] or videos "
            "[n, frames, height, width, channels], with 1 or 3 channels, or float points [n, d]; "
            f"received {data.dtype.name} {list(data.shape)}."
        )
    if data.dtype != np.uint8:
        kind = "images" if data.ndim == 4 else "videos"
        raise ValueError(
            f"The {kind} of {name} must be uint8 in 0..255; received {data.dtype.name}."
        )
    return data
