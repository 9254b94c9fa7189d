"""A frozen network with a name, and the preparation of its images."""

import dataclasses
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from tfgan.extractors import resizing
from tfgan.images import composite

CHUNK = 100  # rows of every pass, so that a row does not depend on their number


@dataclasses.dataclass(frozen=True)
class Features:
    """The outputs of a network: float32 `[n, d]`, and float32 `[n, classes]` or None."""

    features: np.ndarray
    logits: np.ndarray | None = None


@dataclasses.dataclass(frozen=True, eq=False)
class Extractor:
    """Maps images to features and logits, a hundred at a time.

    A row's features do not depend on other rows, but their last bits on its index in the hundred.

    Attributes:
      name: str, which enters the names of metrics: "digits" gives `fd_digits`.
      network: function, float32 `[n, height, width, channels]` in 0..255 -> (features, logits or
        None), in inference mode.
      version: str.
      sha256: str, hex, of the weights.
      size: (height, width) of the network's input; None for any.
      channels: 1 or 3, of the network's input; None for any.
      dimensions: int, of the features.
      classes: int, of the logits; None without logits.
      resize: "clean", "legacy_tf" or "legacy_pytorch", see `resizing`.
    """

    name: str
    network: Callable
    version: str
    sha256: str
    size: tuple[int, int] | None
    channels: int | None
    dimensions: int
    classes: int | None
    resize: str = "clean"

    def __post_init__(self):
        resizing.find(self.resize)

    @property
    def identity(self):
        """The conditions of comparable numbers: dict for JSON."""
        return {
            "name": self.name,
            "version": self.version,
            "sha256": self.sha256,
            "size": list(self.size) if self.size else None,
            "resize": self.resize,
        }

    def __call__(self, images):
        """The features of images: Features, with n rows in NumPy.

        Args:
          images: NumPy `[n, height, width, 1, 3 or 4]`, uint8, or float32 in 0..255. Gray is
            repeated for a network of color images; alpha is composited on white.
        """
        self._check(images)
        parts = []
        for first in range(0, len(images), CHUNK):
            rows = np.arange(first, first + CHUNK) % len(images)
            parts.append([part.numpy() for part in self.outputs(tf.constant(images[rows]))])
        columns = [np.concatenate(column)[: len(images)] for column in zip(*parts, strict=True)]
        return Features(*columns)

    @tf.function(autograph=False)  # the size of the images is static
    def outputs(self, images):
        """The same in TensorFlow, with gradients: list of float32 features, and logits if any.

        Args:
          images: tensor `[n, height, width, 1, 3 or 4]`, see the call.
        """
        images = tf.cast(images, tf.float32)
        if images.shape[-1] == 4:
            images = composite(images[..., :3], images[..., 3:], (255, 255, 255))
        if self.channels == 3 and images.shape[-1] == 1:
            images = tf.repeat(images, 3, axis=-1)
        if self.size:
            images = resizing.find(self.resize)(images, self.size)
        features, logits = self.network(images)
        features = tf.cast(features, tf.float32)
        return [features] if logits is None else [features, tf.cast(logits, tf.float32)]

    def _check(self, images):
        is_image = images.ndim == 4 and images.shape[-1] in (1, 3, 4)
        if not is_image or images.dtype not in (np.uint8, np.float32) or len(images) == 0:
            raise ValueError(
                f"The extractor {self.name} takes uint8 images [n, height, width, 1, 3 or 4]; "
                f"received {images.dtype} {list(images.shape)}."
            )
        if self.channels == 1 and images.shape[-1] > 1:
            raise ValueError(
                f"The extractor {self.name} takes gray images; received color. Give --channels=1, "
                "or another extractor."
            )
