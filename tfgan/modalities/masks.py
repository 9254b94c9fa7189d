"""Masks: the class of each pixel, one-hot in networks."""

import colorsys
import dataclasses

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.modalities.base import Modality, sides

_GOLDEN = 0.618034  # steps of the hue, after which no two of the first colors are close


@dataclasses.dataclass(frozen=True)
class Masks(Modality):
    """Masks: uint8 `[n, height, width, 1]`, the number of a class; in networks one-hot in {0, 1}.

    Args:
      class_names: sequence of str, one per class, 256 at most.
      palette: sequence of (red, green, blue) in 0..255, one per class; by default gray for the
        first class and different hues for the others.
    Raises: ValueError without classes, or for other than one color per class.
    """

    class_names: tuple[str, ...] = dataclasses.field(
        default=(),
        metadata={"entry": "pixel_classes"},  # class_names in JSON are those of labels
    )
    palette: tuple[tuple[int, int, int], ...] = ()

    kind = "masks"
    singular = output_name = "mask"
    dtype = "uint8"
    axes = ("height", "width", "classes")
    output_activation = "softmax"
    is_continuous = False
    suffixes = (".png", ".npz", "/")
    has_pictures = True

    def __post_init__(self):
        names = tuple(map(str, self.class_names))
        if not 1 <= len(names) <= 256:
            raise ValueError(f"class_names of masks must be 1 to 256 names; received {len(names)}.")
        palette = tuple(tuple(map(int, color)) for color in self.palette) or _colors(len(names))
        if any(
            len(color) != 3 or not all(0 <= level <= 255 for level in color) for color in palette
        ):
            raise ValueError(
                "palette must hold colors (red, green, blue) in 0..255; received "
                f"{list(map(list, palette))}."
            )
        if len(palette) != len(names):
            raise ValueError(
                f"palette must hold one color per class ({len(names)}); received {len(palette)}."
            )
        object.__setattr__(self, "class_names", names)
        object.__setattr__(self, "palette", palette)

    @property
    def classes(self):
        """The number of classes: int."""
        return len(self.class_names)

    @property
    def raw_range(self):
        return 0, self.classes - 1

    def check(self, shape):
        super().check(shape)
        if shape[-1] != self.classes:
            raise ValueError(
                f"masks of {self.classes} classes have the shape (height, width, {self.classes}) "
                f"in networks; received {tuple(shape)}."
            )

    def raw_shape(self, shape):
        return (*shape[:2], 1)

    def shape(self, raw_shape):
        return (*raw_shape[:2], self.classes)

    def to_float(self, data):
        data = tf.convert_to_tensor(data)
        return data if data.dtype.is_floating else tf.one_hot(tf.squeeze(data, -1), self.classes)

    def to_raw(self, data):
        return tf.expand_dims(tf.cast(tf.argmax(data, axis=-1), tf.uint8), -1)

    def describe(self, raw_shape):
        return f"masks of {self.classes} classes, of {sides(raw_shape[:2])}"

    def picture(self, data, columns=None):
        """A grid in the colors of the palette, row by row."""
        return images.grid(np.asarray(self.pictures(data)), columns)

    def pictures(self, data):
        """The masks in the colors of the palette."""
        colors = tf.constant(self.palette, tf.uint8)
        return tf.gather(colors, tf.cast(tf.squeeze(data, -1), tf.int32))

    def from_colors(self, pictures):
        """Pictures in about the palette's colors, such as of a JPEG file, as masks.

        Args:
          pictures: uint8 `[n, height, width, 3]`.
        Returns: uint8 `[n, height, width, 1]`, the class of the nearest color.
        """
        palette = np.asarray(self.palette, np.int32)
        pixels = np.asarray(pictures, np.int32)
        nearest, least = np.zeros(pixels.shape[:-1], np.uint8), None
        for number, color in enumerate(palette):
            distance = np.square(pixels - color).sum(-1)
            if least is None:
                least = distance
                continue
            nearest[distance < least] = number
            least = np.minimum(least, distance)
        return nearest[..., None]

    @classmethod
    def fit(cls, name, raw_shape, blocks, layout=None):
        raise ValueError(f"{name} holds arrays without the names of classes, which masks need.")

    @classmethod
    def describe_arrays(cls):
        return "uint8 masks [n, height, width, 1]"


def _colors(count):
    colors = [(128, 128, 128)]
    for number in range(count - 1):
        hue, dark = (number * _GOLDEN) % 1.0, 0.25 * (number // 8 % 3)
        red, green, blue = colorsys.hsv_to_rgb(hue, 0.75, 0.95 - dark)
        colors.append((round(255 * red), round(255 * green), round(255 * blue)))
    return tuple(colors)
