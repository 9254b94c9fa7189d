"""Images of any size through a network that translates images.

A large image is translated in overlapping tiles, whose results are blended linearly. Networks that
normalize each image by its own statistics take those of a tile there.
"""

import contextlib

import numpy as np
import tensorflow as tf

from tfgan import failures, rng, words
from tfgan.modalities import Masks
from tfgan.models import network_calls, sampling
from tfgan.networks import resizing

SOURCE = "source"

_TILE, _OVERLAP = 512, 64  # pixels


class FixedSizeError(ValueError):
    """A network takes images of one size only."""


def translators(model, **settings):
    """The translators of a model: dict of `Translator` by direction.

    Args:
      model: `GenerativeModel`.
      **settings: as those of `Translator`.
    Returns: those whose networks take images of any size; {} if the model does not translate.
    """
    by_direction = {}
    for direction in model.translation_networks:
        with contextlib.suppress(FixedSizeError):
            by_direction[direction] = Translator(model, direction, **settings)
    return by_direction


class Translator:
    """Translates raw images `[height, width, channels]` of any size.

    Attributes:
      source, target: `Modality` of the images and of their translations.
      source_channels: int, of the images; 1 for masks.

    Args:
      model: `GenerativeModel` whose samples have the condition `source`.
      direction: "AtoB", as in training, or "BtoA" for a model that has both.
      tile: int, above 128, the side of a tile; smaller images are translated as a whole.
    Raises: ValueError for a direction or a model that does not translate; FixedSizeError for a
      network with layers that need the size, such as Dense.
    """

    def __init__(self, model, direction="AtoB", *, tile=_TILE):
        networks = model.translation_networks
        if not networks:
            raise ValueError(
                "model must make images from images, as that of recipe pix2pix does; received a "
                f"{type(model).__name__} without the condition source."
            )
        if direction not in networks:
            refusal = words.unknown("direction", direction, networks)
            note = " The model translates in the direction of its training alone."
            raise ValueError(f"{refusal}{note * (len(networks) == 1)}")
        if tile <= 2 * _OVERLAP:
            raise ValueError(f"tile must be above {2 * _OVERLAP} pixels; received {tile}.")
        self._prior, self._tile = model.prior, tile
        self._floats = tf.function(self.floats, autograph=False, reduce_retracing=True)
        self._network = _of_any_size(networks[direction])
        kinds = model.condition_modalities[SOURCE], model.modality
        self.source, self.target = kinds if direction == "AtoB" else kinds[::-1]
        [channels] = (x.shape[-1] for x in self._network.inputs if x.name == SOURCE)
        self.source_channels = self.source.raw_shape((1, 1, channels))[-1]

    @property
    def channels(self):
        """The channels of the network's output: int, of masks the number of classes."""
        return network_calls.output_shape(self._network, "data")[-1]

    def __call__(self, image, *, seed=0):
        """The translation of an image, that of sample 0 of a seed.

        Args:
          image: uint8 NumPy `[height, width, source_channels]`.
          seed: int, of the noise of networks that have one.
        Returns: uint8 NumPy `[height, width, c]`, c = 1 for masks.
        Raises: ValueError for arrays of another form.
        """
        image = np.asarray(image)
        self._check(image)
        seed = tf.constant(seed, tf.int64)
        height, width = image.shape[:2]
        columns = _tiles(width, self._tile)
        bands = _tiles(height, self._tile)
        done, carried, parts = 0, np.zeros((0, width, self.channels), np.float32), []
        for number, (rows, weights) in enumerate(bands):  # a band of tiles is kept in memory
            band = weights[:, None, None] * self._band(image[rows], columns, seed)
            band[: len(carried)] += carried
            end = bands[number + 1][0].start if number + 1 < len(bands) else height
            parts.append(self.target.to_raw(tf.constant(band[None, : end - done])).numpy()[0])
            carried, done = band[end - done :], end
        return np.concatenate(parts)

    def _check(self, image):
        shape = image.shape
        is_of_form = len(shape) == 3 and shape[2] == self.source_channels and min(shape) > 0
        if image.dtype != np.uint8 or not is_of_form:
            raise ValueError(
                f"image must be uint8 [height, width, {self.source_channels}]; received "
                f"{image.dtype} {list(shape)}."
            )
        if isinstance(self.source, Masks) and image.max() >= self.source.classes:
            raise ValueError(
                f"image must hold the classes 0 to {self.source.classes - 1}; received "
                f"{image.max()}."
            )

    def _band(self, image, columns, seed):
        """The translation of a band as high as a tile: float32 `[height, width, channels]`."""
        band = np.zeros((*image.shape[:2], self.channels), np.float32)
        for part, weights in columns:
            tile = tf.constant(image[None, :, part])
            band[:, part] += weights[:, None] * self._floats(tile, seed).numpy()[0]
        return band

    def floats(self, image, seed):
        """The translation of one raw image as the network gives it, in TensorFlow.

        Args:
          image: uint8 `[1, height, width, source_channels]`.
          seed: integer scalar tensor.
        Returns: float32 `[1, height, width, channels]`.
        """
        seeds = rng.fold(sampling.stream(seed), 0)[None]
        latents = sampling.generator_inputs(self._prior, None, seeds, None, {})
        inputs = latents | {SOURCE: self.source.to_float(image)}
        return network_calls.call_for_outputs(self._network, inputs, "data", False)["data"]


def _of_any_size(network):
    try:
        return resizing.resized(network, None, None)
    except (ValueError, TypeError) as error:  # of layers that need the size, such as Dense
        raise FixedSizeError(
            "model must take images of any size, as convolutions do; received one whose layers "
            f"need the size: {failures.user_message(str(error))}"
        ) from error


def _tiles(length, tile):
    """Overlapping slices of `length` pixels with their weights, which sum to 1 at each pixel.

    Weights are float32 `[size]` and fall linearly at inner ends.
    """
    count = -(-max(length - _OVERLAP, 1) // (tile - _OVERLAP))
    starts = np.linspace(0, max(length - tile, 0), count).round().astype(int)
    slices = [slice(start, min(start + tile, length)) for start in starts]
    ramp = (np.arange(tile) + 1.0) / (_OVERLAP + 1.0)
    weights, total = [], np.zeros(length)
    for part in slices:
        size = part.stop - part.start
        rising = ramp[:size] if part.start > 0 else np.ones(size)
        falling = ramp[:size][::-1] if part.stop < length else np.ones(size)
        weights.append(np.minimum(1.0, np.minimum(rising, falling)))
        total[part] += weights[-1]
    return [
        (part, (each / total[part]).astype(np.float32))
        for part, each in zip(slices, weights, strict=True)
    ]
