"""The files of walks and sums: a picture or an animation, and the latents beside it."""

import os
from collections.abc import Callable, Mapping

import numpy as np
import tensorflow as tf

from tfgan import files, images
from tfgan.modalities import Modality
from tfgan.runs.latent_tools import animations, draws, pictures
from tfgan.runs.latent_tools.walks import Walk

PICTURES = (".png", ".jpg", ".jpeg")
_ARRAYS = ".npz"
_ANIMATED_SIDE = 168  # pixels of a frame's longer side, at least


def check(
    out: str,
    modality: Modality,
    *,
    animated: bool = False,
    inputs: Mapping[str, str] | None = None,
) -> None:
    """Checks the files of a command before its work: that of `out`, and that of the latents.

    Files that exist are replaced, as by `tfgan sample`.

    Args:
      out: str, the value of --out.
      modality: of the data.
      animated: bool, whether it may be an animation.
      inputs: dict, files that the command reads, by flag.
    Raises: ValueError for another suffix, pictures of data that have none, a folder, and a file
      that the command reads.
    """
    suffixes = (*PICTURES, *(animations.SUFFIXES if animated else ()), _ARRAYS)
    suffix = _suffix(out)
    if suffix not in suffixes:
        *others, last = suffixes
        raise ValueError(f"--out must end with {', '.join(others)} or {last}; received {out!r}.")
    if suffix != _ARRAYS and not modality.has_pictures:
        raise ValueError(
            f"--out must end with {_ARRAYS} for {modality.kind}, which have no pictures; received "
            f"{out!r}."
        )
    for path in paths(out):
        if tf.io.gfile.isdir(path):
            raise ValueError(f"--out must not lead to a folder; {path} is one.")
        for flag, other in (inputs or {}).items():
            if other and _is_same(path, other):
                raise ValueError(
                    f"--out must not replace what {flag} names; received {out!r}, and {path} is "
                    "this file."
                )


def paths(out: str) -> list[str]:
    """The files of a command: `out`, and that of the latents, if it is another."""
    # One per picture, with its suffix: a picture and an animation may have one name.
    return [out] if _suffix(out) == _ARRAYS else [out, f"{out}{_ARRAYS}"]


def _is_same(path, other):
    if "://" in path or "://" in other:
        return path == other
    return os.path.exists(path) and os.path.exists(other) and os.path.samefile(path, other)


def is_animation(out: str) -> bool:
    """Whether a path is that of an animation."""
    return _suffix(out) in animations.SUFFIXES


def write(
    out: str, picture: Callable[[], np.ndarray], latents: draws.Latents, **others: np.ndarray
) -> str:
    """Writes a picture, or arrays for an .npz, and the latents: str, the path of the latents.

    Args:
      out: str, a path that `check` accepts, not of an animation.
      picture: function () -> uint8 `[height, width, channels]`.
      latents: dict of arrays, written into `out` and .npz.
      **others: arrays for that file; `data` only if there is no picture.
    """
    if _suffix(out) == _ARRAYS:
        files.write_arrays(out, latents | others, compressed=True)
        return out
    return _write_both(out, images.encode(out, picture()), latents, others)


def write_animation(
    out: str, walk: Walk, modality: Modality, per_second: int, *, closed: bool = False
) -> str:
    """Writes an animation through the rows of a walk, and its latents: str, their path."""
    shown = np.asarray(modality.pictures(walk.frames(closed)))
    content = animations.encode(pictures.enlarged(shown, _ANIMATED_SIDE), _suffix(out), per_second)
    return _write_both(out, content, walk.flat_latents, {})


def _write_both(out, content, latents, others):
    _, path = paths(out)
    others = {name: array for name, array in others.items() if name != "data"}
    arrays = files.array_bytes(latents | others, compressed=True)
    files.write_together({path: arrays, out: content})
    return path


def _suffix(out):
    return os.path.splitext(out)[1].lower()
