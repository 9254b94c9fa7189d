"""The files of walks and sums: a picture or an animation, and the latents beside it."""

import os
from collections.abc import Callable

import numpy as np

from tfgan import files, images
from tfgan.modalities import Modality
from tfgan.runs.latent_tools import animations, draws, pictures
from tfgan.runs.latent_tools.walks import Walk

PICTURES = (".png", ".jpg", ".jpeg")
_ARRAYS = ".npz"
_ANIMATED_SIDE = 168  # pixels of a frame's longer side, at least


def check(out: str, modality: Modality, *, animated: bool = False) -> None:
    """Raises ValueError for a path with another suffix, and pictures of data that have none."""
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
    writer = images.write_png if _suffix(out) == ".png" else images.write_jpeg
    writer(out, picture())
    return _write_latents(out, latents, others)


def write_animation(
    out: str, walk: Walk, modality: Modality, per_second: int, *, closed: bool = False
) -> str:
    """Writes an animation through the rows of a walk, and its latents: str, their path."""
    shown = np.asarray(modality.pictures(walk.frames(closed)))
    animations.write(out, pictures.enlarged(shown, _ANIMATED_SIDE), per_second)
    return _write_latents(out, walk.flat_latents, {})


def _write_latents(out, latents, others):
    path = f"{out}{_ARRAYS}"  # one per file: a picture and an animation may have one name
    others = {name: array for name, array in others.items() if name != "data"}
    files.write_arrays(path, latents | others, compressed=True)
    return path


def _suffix(out):
    return os.path.splitext(out)[1].lower()
