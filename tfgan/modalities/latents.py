"""Latents: arrays of numbers of any rank, such as the codes of a VAE or the rows of a table.

Each channel is standardized for networks, (x - mean) / std over the training examples; raw data,
samples and exported models have the units and axes of the file.
"""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.modalities import previews
from tfgan.modalities.base import Modality, sides

LAYOUTS = {1: ("c",), 2: ("tc", "ct"), 3: ("hwc", "chw"), 4: ("thwc", "cthw")}  # by the rank

_REACH = 3.0  # standard deviations from black to gray, and from gray to white
_MIN_SIDE = 96  # pixels of the longer side of a heat map


@dataclasses.dataclass(frozen=True)
class Latents(Modality):
    """Latents: float32 `[n, ...]`; network inputs have standardized channels as the last axis.

    The round trip is exact up to the rounding of float32, about 1e-7 of |x| + |mean|.

    Args:
      channels_first: bool, whether the channels are the first axis of a raw example.
      mean, std: tuples of float, one per channel; empty for arrays that are not standardized.
    Raises: ValueError for different numbers of means and deviations, or a deviation not above 0.
    """

    channels_first: bool = False
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()

    kind = "latents"
    singular = "latent"
    output_name = "array"  # a generator's input is called latent
    dtype = "float32"
    is_own_feature = True
    suffixes = (".npz", ".png")
    has_pictures = True
    columns_by_label = True

    def __post_init__(self):
        for name in ("mean", "std"):
            object.__setattr__(self, name, _numbers(name, getattr(self, name)))
        if len(self.mean) != len(self.std):
            raise ValueError(
                f"mean and std must be one number per channel; received {len(self.mean)} and "
                f"{len(self.std)}."
            )
        if not all(map(math.isfinite, self.mean + self.std)) or min(self.std, default=1.0) <= 0.0:
            raise ValueError("mean must be finite and std above 0 for each channel.")

    def check(self, shape):
        if not shape or (self.mean and len(self.mean) != shape[-1]):
            raise ValueError(
                f"latents of {len(self.mean)} channels must have as many in the last dimension; "
                f"received the shape {tuple(shape)}."
            )

    def raw_shape(self, shape):
        return (shape[-1], *shape[:-1]) if self.channels_first else tuple(shape)

    def shape(self, raw_shape):
        return (*raw_shape[1:], raw_shape[0]) if self.channels_first else tuple(raw_shape)

    def to_float(self, data):
        data = tf.convert_to_tensor(data, tf.float32)
        if self.channels_first:
            data = tf.transpose(data, [0, *range(2, data.shape.rank), 1])
        return (data - self.mean) / self.std if self.mean else data

    def to_raw(self, data):
        if self.mean:
            data = data * self.std + self.mean
        if self.channels_first:
            rank = data.shape.rank
            data = tf.transpose(data, [0, rank - 1, *range(1, rank - 1)])
        return data

    def describe(self, raw_shape):
        return f"latents of {sides(raw_shape)} numbers"

    def preview_note(self, shape):
        return (
            "Pictures of samples are heat maps, the channels side by side: gray is the mean of a "
            "channel, black and white are 3 standard deviations below and above it."
        )

    def decisions(self):
        channels = "first" if self.channels_first else "last"
        return {"channels": channels, "standardized": "by channel"}

    def picture(self, data, columns=None):
        """A grid of heat maps, enlarged if they are small."""
        maps = np.asarray(self.pictures(data))
        scale = max(1, _MIN_SIDE // max(maps.shape[1:3]))
        return images.grid(maps.repeat(scale, axis=1).repeat(scale, axis=2), columns)

    def pictures(self, data):
        """Heat maps, the channels of an example from left to right: uint8 `[n, h, w, 1]`."""
        standardized = self.to_float(data)
        *axes, channels = self.shape(tuple(side for side in data.shape[1:] if side is not None))
        width = axes[-1] if len(axes) > 1 else 1
        height = math.prod(axes) // width
        maps = tf.reshape(standardized, [-1, height, width, channels])
        maps = tf.reshape(tf.transpose(maps, [0, 1, 3, 2]), [-1, height, channels * width, 1])
        return images.to_uint8(maps / _REACH)

    def preview(self, data, columns=None):
        """The picture, and the distribution of each channel for TensorBoard."""
        channels = np.moveaxis(np.asarray(data), 1 if self.channels_first else -1, 0)
        numbers = {f"channel_{index}": channel for index, channel in enumerate(channels)}
        return previews.Picture(self.picture(data, columns), numbers)

    @classmethod
    def fit(cls, name, raw_shape, blocks, layout=None):
        """The axis of the channels, their means and deviations; 1 for a constant channel."""
        first = _is_channels_first(name, raw_shape, layout)
        channels = (np.moveaxis(block, 1, -1) if first else block for block in blocks)
        mean, variance = _moments(block.reshape(-1, block.shape[-1]) for block in channels)
        std = np.where(variance > 0.0, np.sqrt(variance), 1.0)
        return cls(first, tuple(mean.tolist()), tuple(std.tolist()))


def _moments(blocks):
    """Mean and variance of each column of blocks of rows: two float32 `[d]`."""
    origin, count, total, squares = np.float64(0.0), 0, np.float64(0.0), np.float64(0.0)
    for block in blocks:
        origin = origin if count else block[0].astype(np.float64)
        rows = block - origin  # no cancellation where the mean is large
        count += len(rows)
        total = total + rows.sum(axis=0)
        squares = squares + (rows**2).sum(axis=0)
    shift = total / count
    variance = np.maximum(squares / count - shift**2, 0.0)
    return np.asarray(origin + shift, np.float32), np.asarray(variance, np.float32)


def _numbers(name, values):
    try:
        return tuple(map(float, values))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers; received {values!r}.") from error


def _is_channels_first(name, raw_shape, layout):
    """Whether the channels are the first axis: by the layout, or because the others are square."""
    layouts = LAYOUTS.get(len(raw_shape))
    if layouts is None:
        raise ValueError(f"{name}: latents have 1 to 4 axes; received the shape {list(raw_shape)}.")
    if layout is not None and layout not in layouts:
        raise ValueError(
            f"{name}: layout must be {' or '.join(layouts)} for {list(raw_shape)}; received "
            f"{layout!r}."
        )
    if layout is not None or len(layouts) == 1:
        return layout is not None and layout != layouts[0]
    if len(raw_shape) > 2:
        last_is_square = raw_shape[-3] == raw_shape[-2]
        first_is_square = raw_shape[-2] == raw_shape[-1]
        if last_is_square != first_is_square:
            return first_is_square
    raise ValueError(
        f"{name}: the axis of the channels of {list(raw_shape)} is ambiguous: add "
        f"{' or '.join(f'#kind=latents,layout={each}' for each in layouts)} to the name."
    )
