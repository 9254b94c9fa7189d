"""Images of any size through a network that translates images.

A large image is translated in overlapping tiles, whose results are blended linearly. Networks that
normalize each image by its own statistics see those of a tile there.
"""

import numpy as np
import tensorflow as tf

from tfgan import rng, words
from tfgan.models import network_calls, sampling
from tfgan.networks import resizing

SOURCE = "source"

_TILE, _OVERLAP = 512, 64  # pixels


class Translator:
    """Translates raw images `[height, width, channels]` of any size.

    Attributes:
      source, target: `Modality` of the images and of their translations.
      source_channels: int, of the images; 1 for masks.

    Args:
      model: `GenerativeModel` whose samples have the condition `source`.
      direction: "AtoB", as in training, or "BtoA" for a model that has both.
      tile: int, the side of a tile; smaller images are translated as a whole.
    Raises: ValueError for a direction or a model that does not translate.
    """

    def __init__(self, model, direction="AtoB", *, tile=_TILE):
        networks = model.translation_networks
        if not networks:
            raise ValueError(
                f"{type(model).__name__} makes no images from images: it has no condition source."
            )
        if direction not in networks:
            raise words.unknown("direction", direction, networks)
        self._prior, self._tile = model.prior, tile
        self._floats = tf.function(self.floats, autograph=False, reduce_retracing=True)
        self._network = resizing.resized(networks[direction], None, None)
        kinds = model.condition_modalities[SOURCE], model.modality
        self.source, self.target = kinds if direction == "AtoB" else kinds[::-1]
        [channels] = (x.shape[-1] for x in self._network.inputs if x.name == SOURCE)
        self.source_channels = self.source.raw_shape((1, 1, channels))[-1]

    @property
    def channels(self):
        """The channels of the network's output: int, of masks the number of classes."""
        return network_calls.output_shape(self._network, "data")[-1]

    def __call__(self, image, *, seed=0, index=0):
        """The translation of an image, that of sample `index` of a seed.

        Args:
          image: uint8 NumPy `[height, width, source_channels]`.
          seed, index: int; they determine the noise of networks that have one.
        Returns: uint8 NumPy `[height, width, channels]`.
        """
        seed, index = tf.constant(seed, tf.int64), tf.constant(index)
        height, width = image.shape[:2]
        total = np.zeros((height, width, self.channels), np.float32)
        weights = np.zeros((height, width, 1), np.float32)
        for rows, row_weights in _tiles(height, self._tile):
            for columns, column_weights in _tiles(width, self._tile):
                tile = tf.constant(image[None, rows, columns])
                weight = row_weights[:, None, None] * column_weights[:, None]
                total[rows, columns] += weight * self._floats(tile, seed, index).numpy()[0]
                weights[rows, columns] += weight
        total /= weights
        return self.target.to_raw(tf.constant(total[None])).numpy()[0]

    def floats(self, image, seed, index=0):
        """The translation of one raw image as the network gives it, in TensorFlow.

        Args:
          image: uint8 `[1, height, width, source_channels]`.
          seed, index: integer scalar tensors.
        Returns: float32 `[1, height, width, channels]`.
        """
        seeds = rng.fold(sampling.stream(seed), index)[None]
        latents = sampling.generator_inputs(self._prior, None, seeds, None, {})
        inputs = latents | {SOURCE: self.source.to_float(image)}
        return network_calls.call_for_outputs(self._network, inputs, "data", False)["data"]


def _tiles(length, tile):
    """Slices of `length` pixels with their weights, float32 `[size]`, which fall at inner ends."""
    if length <= tile:
        return [(slice(0, length), np.ones(length, np.float32))]
    count = -(-(length - _OVERLAP) // (tile - _OVERLAP))
    starts = np.linspace(0, length - tile, count).round().astype(int)
    ramp = (np.arange(tile) + 1.0) / (_OVERLAP + 1.0)
    tiles = []
    for start in starts:
        rising = ramp if start > 0 else np.ones(tile)
        falling = ramp[::-1] if start + tile < length else np.ones(tile)
        weights = np.minimum(1.0, np.minimum(rising, falling)).astype(np.float32)
        tiles.append((slice(start, start + tile), weights))
    return tiles
