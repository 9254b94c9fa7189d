"""Images and videos: uint8 in 0..255, float32 in [-1, 1] in networks."""

import dataclasses

import numpy as np

from tfgan import images
from tfgan.modalities.base import Modality, sides

_COLORS = {1: "gray", 3: "color", 4: "transparent color"}


class _Pixels(Modality):
    """The common part of images and videos."""

    dtype = "uint8"
    output_activation = "tanh"
    is_bounded = True
    has_pictures = True
    suffixes = (".png", ".jpg", ".jpeg", ".npz", ".zip", "/")

    @property
    def raw_range(self):
        return 0, 255

    def to_float(self, data):
        return images.to_float(data)

    def to_raw(self, data):
        return images.to_uint8(data)

    def as_vectors(self, data):
        """Pixels in [0, 1]: uint8 `[n, ...]` -> float64 `[n, d]`."""
        return np.asarray(data, np.float64).reshape(len(data), -1) / 255.0

    def describe(self, raw_shape):
        *frames, height, width, channels = raw_shape
        color = _COLORS.get(channels, f"{channels}-channel")
        number = f"{frames[0]} frames of " if frames else ""
        return f"{color} {self.kind} of {number}{sides((height, width))}"


@dataclasses.dataclass(frozen=True)
class Images(_Pixels):
    """Images: uint8 `[n, height, width, channels]`."""

    kind = "images"
    singular = output_name = "image"
    axes = ("height", "width", "channels")
    metrics = ("swd", "ms_ssim")
    columns_by_label = True

    def picture(self, data, columns=None):
        """A grid, row by row."""
        return images.grid(data, columns)

    def pictures(self, data):
        """The images themselves."""
        return data


@dataclasses.dataclass(frozen=True)
class Videos(_Pixels):
    """Videos: uint8 `[n, frames, height, width, channels]`."""

    kind = "videos"
    singular = output_name = "video"
    axes = ("frames", "height", "width", "channels")
    metrics = ("motion",)
    preview_count = 16

    def picture(self, data, columns=None):
        """A video per row, its frames from left to right."""
        data = np.asarray(data)
        return images.grid(data.reshape(-1, *data.shape[2:]), data.shape[1])

    def pictures(self, data):
        """The frames of each video from left to right."""
        return images.strips(data)
