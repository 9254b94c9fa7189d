"""Augmentations as values: transforms in an order, and how often each is applied.

>>> import tensorflow as tf
>>> get("diffaugment:cutout")
DiffAugment(groups=('cutout',), p=1.0)
>>> ADA(("blit",), p=0.25).name
'ada:blit,p=0.25'
>>> ADA()(tf.zeros((2, 8, 8, 3)), seed=tf.constant([0, 1]), p=0.5).shape
TensorShape([2, 8, 8, 3])
"""

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations import (
    band_filter,
    blit,
    color,
    corruption,
    geometry,
    names,
    probability,
)


@dataclasses.dataclass(frozen=True)
class Transform:
    """A change of images.

    Attributes:
      function: (images `[batch, height, width, channels]`, seed, p) -> images of the same shape.
      kind: str; "places", if pixels move, as those of a source must too; "colors", if it is of
        channels; "values" otherwise.
    """

    function: Callable[..., tf.Tensor]
    kind: str

    def __call__(self, data: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
        """Changed images, or videos, all of whose frames change alike."""
        if data.shape.rank == 4:
            return self.function(data, seed, p)
        frames, height, width, channels = data.shape[1:]
        if self.kind == "colors":  # the frames above each other
            tall = tf.reshape(data, [-1, frames * height, width, channels])
            return tf.reshape(self.function(tall, seed, p), [-1, frames, height, width, channels])
        behind = tf.transpose(data, [0, 2, 3, 1, 4])  # the frames as channels
        images = tf.reshape(behind, [-1, height, width, frames * channels])
        changed = tf.reshape(self.function(images, seed, p), [-1, height, width, frames, channels])
        return tf.transpose(changed, [0, 3, 1, 2, 4])


@dataclasses.dataclass(frozen=True)
class Augmentation:
    """Transforms of some groups, in the order of `names.GROUPS`, each on with a probability.

    Args:
      groups: sequence of str.
      p: float from 0 to 1, function of the step, or `Adaptive`.
    Raises: ValueError for an unknown group or a p out of range.
    """

    groups: tuple[str, ...] = ()
    p: probability.Probability = 1.0

    kind: ClassVar[str] = ""
    transforms: ClassVar[dict[str, tuple[Transform, ...]]] = {}
    replaces_real: ClassVar[bool] = False  # whether fakes take the place of real examples

    def __post_init__(self) -> None:
        unknown = set(self.groups) - self.transforms.keys()
        if unknown:
            raise ValueError(
                f"groups must be some of {', '.join(self.transforms)}; received {min(unknown)!r}."
            )
        probability.check(self.p)
        groups = tuple(each for each in self.transforms if each in self.groups)
        object.__setattr__(self, "groups", groups)

    @property
    def name(self) -> str:
        """What `get` makes the value from, such as "ada:blit,p=0.2": str."""
        return f"{self.kind}:{','.join([*self.groups, probability.written(self.p)])}"

    def __call__(
        self,
        data: tf.Tensor,
        seed: tf.Tensor,
        p: float | tf.Tensor,
        *,
        kinds: tuple[str, ...] = ("places", "colors", "values"),
    ) -> tf.Tensor:
        """Data seen through the transforms, each with draws of its own for each example.

        Args:
          data: float32 images `[batch, height, width, channels]`, or videos `[batch, frames,
            height, width, channels]`, range [-1, 1].
          seed: int32 `[2]`.
          p: float or float32 scalar tensor from 0 to 1.
          kinds: sequence of str, of the transforms to apply; "places" alone moves a source as its
            target with the same seed.
        Returns: float32 of the same shape, differentiable to any order.
        Raises: ValueError for another rank.
        """
        if data.shape.rank not in (4, 5):
            raise ValueError(
                f"{self.kind} changes images [batch, height, width, channels] or videos; received "
                f"shape {tuple(data.shape)}."
            )
        number = 0
        for group, transforms in self.transforms.items():
            for transform in transforms:
                number += 1
                if group in self.groups and transform.kind in kinds:
                    data = transform(data, rng.fold(seed, number), p)
        return data


@dataclasses.dataclass(frozen=True)
class DiffAugment(Augmentation):
    """Color, translation and cutout, by default always on.

    Source: Zhao et al. 2020, https://arxiv.org/abs/2006.10738.
    """

    groups: tuple[str, ...] = names.GROUPS["diffaugment"]

    kind = "diffaugment"
    transforms = {
        "color": (Transform(color.jitter, "colors"),),
        "translation": (Transform(corruption.translation, "places"),),
        "cutout": (Transform(corruption.cutout, "values"),),
    }


@dataclasses.dataclass(frozen=True)
class ADA(Augmentation):
    """The pipeline of adaptive discriminator augmentation, by default blit, geometry and color.

    Source: Karras et al. 2020, https://arxiv.org/abs/2006.06676, appendix B.
    """

    groups: tuple[str, ...] = names.GROUPS["ada"][:3]
    p: probability.Probability = probability.Adaptive()

    kind = "ada"
    transforms = {
        "blit": tuple(Transform(each, "places") for each in (blit.flip, blit.turn, blit.shift)),
        "geometry": (Transform(geometry.geometry, "places"),),
        "color": (Transform(color.color, "colors"),),
        "filter": (Transform(band_filter.band_filter, "values"),),
        "noise": (Transform(corruption.noise, "values"),),
        "cutout": (Transform(corruption.cutout, "values"),),
    }


@dataclasses.dataclass(frozen=True)
class APA(Augmentation):
    """No transform: with probability p a fake takes the place of a real example.

    Source: adaptive pseudo augmentation, Jiang et al. 2021, https://arxiv.org/abs/2111.06849.
    """

    p: probability.Probability = probability.Adaptive()

    kind = "apa"
    replaces_real = True


def get(value: Any) -> Augmentation | None:
    """An augmentation from its name, see `names.SYNTAX`; None for None and "none".

    Raises: ValueError for another value.
    """
    if value is None or isinstance(value, Augmentation):
        return value
    if not isinstance(value, str):
        raise ValueError(f"augmentation must be {names.SYNTAX}; received {value!r}.")
    if value == names.NONE:
        return None
    kind, groups, options = names.parse(value)
    plain = {each.kind: each for each in (DiffAugment, ADA, APA)}[kind]()
    return type(plain)(groups or plain.groups, probability.from_options(options, plain.p))
