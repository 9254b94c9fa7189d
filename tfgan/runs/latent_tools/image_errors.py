"""How far the images of latents are from a given image, in pixels and features, with gradients."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from tfgan import latents, layers
from tfgan.extractors import Extractor, IdentityExtractor
from tfgan.models import GenerativeModel, network_calls, sampling


class ImageErrors:
    """The errors of images that a generator makes, compared with a target.

    The features are those of an extractor, or else what the last layer of the discriminator reads,
    or else the pixels: where the discriminator compares the images of a batch, or is missing.

    Attributes:
      space: str, the features in words.

    Args:
      model: `GenerativeModel` of images, with a network from latents to data.
      extractor: `Extractor`, or None.
    Raises: ValueError for a model without such a network, or without a vector of latents.
    """

    def __init__(self, model: GenerativeModel, extractor: Extractor | IdentityExtractor | None):
        network = model.sampling_network()
        if network is None:
            raise ValueError(
                f"{type(model).__name__} makes data in more than one pass: use sample."
            )
        self._network, self._prior = network, model.prior
        self._names = latents.moving_parts(model.prior)
        self.space, self._features = _features(model, extractor)

    def of(self, rows: dict, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The errors of latents, a hundred at a time: (pixels, features), float64 `[n]` each.

        Args:
          rows: dict of arrays `[n, ...]`, see `runs.Run.latents`.
          target: uint8 `[height, width, channels]`.
        Returns: the root mean square difference of pixels in 0..1, and the distance of features.
        """
        goal = self._goal(target)
        squares = sampling.map_in_batches(
            lambda part, _: tf.stack(self._squares(part, goal), axis=1), rows
        )
        pixels, features = np.sqrt(np.float64(squares)).T
        return pixels, features

    def loss(self, target: np.ndarray, scales: tuple[float, float]) -> Callable:
        """The loss of `latents.descend`: the sum of the squared errors over the squared scales.

        Args:
          target: see `of`.
          scales: two floats above 0, in the units of `of`: of pixels and of features.
        """
        goal, weights = self._goal(target), tf.constant([s**-2.0 for s in scales], tf.float32)

        def loss(rows):
            rows = {name: tf.constant(x) for name, x in rows.items()}
            losses, gradients = self._gradients(rows, goal, weights)
            return losses.numpy(), {name: x.numpy() for name, x in gradients.items()}

        return loss

    def _goal(self, target):
        return tf.constant(target[None].astype(np.float32) / 127.5 - 1.0)

    @tf.function(autograph=False)
    def _squares(self, rows, goal):
        """(Mean squares of pixels, sums of squares of features): float32 `[n]` each."""
        data = network_calls.call_network(self._network, rows, training=False)
        data = tf.cast(data, tf.float32)
        pixels = tf.reduce_mean(tf.square((data - goal) / 2.0), axis=[1, 2, 3])
        if self._features is None:
            return pixels, pixels
        goals = tf.repeat(goal, tf.shape(data)[0], axis=0)
        difference = self._features(data, rows) - self._features(goals, rows)
        return pixels, tf.reduce_sum(tf.square(difference), axis=1)

    @tf.function(autograph=False)
    def _gradients(self, rows, goal, weights):
        moving = {name: rows[name] for name in self._names}
        with tf.GradientTape() as tape:
            tape.watch(moving)
            pixels, features = self._squares(rows | moving, goal)
            losses = weights[0] * pixels + weights[1] * features
        return losses, tape.gradient(losses, moving)


def _features(model, extractor):
    """(The features in words, function (float data, other inputs) -> `[n, d]`; None for pixels)."""
    if isinstance(extractor, Extractor):

        def extract(data, rows):
            return extractor.outputs((data + 1.0) * 127.5)[0]

        return f"features of {extractor.name}", extract
    network = _before_the_last_layer(model)
    if network is None:
        return "pixels", None

    def discriminate(data, rows):
        features = network_calls.call_network(network, rows | {"data": data}, training=False)
        return tf.cast(tf.reshape(features, [tf.shape(data)[0], -1]), tf.float32)

    return "features of the discriminator", discriminate


def _before_the_last_layer(model):
    """The discriminator up to its last layer with a kernel: `keras.Model`, or None."""
    network = model.discriminator_network()
    if network is None or not set(network_calls.input_names(network)) <= {"data", "label"}:
        return None
    fits = network_calls.input_shapes(network)["data"] == tuple(model.sample_shape)
    if not fits or layers.compares_rows(network):
        return None
    last = next((x for x in network.layers[::-1] if getattr(x, "kernel", None) is not None), None)
    return None if last is None else keras.Model(network.inputs, last.input)
