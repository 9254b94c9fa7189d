"""The likelihood p(x|z) of an autoencoder's decoder, one value per variant.

  SquaredError          -||x - d(z)||^2 / 2, log N(x; d(z), I) without its constant
  BernoulliPixels       sum_i log p(x_i | z): binary pixels, independent given the code
  AutoregressivePixels  sum_i log p(x_i | x_1 .. x_i-1, z): binary pixels, one after another

Symbols: x data, z code, d(z) the decoder's output.
"""

import abc
import dataclasses
import math
from collections.abc import Callable

import keras
import tensorflow as tf

from tfgan.likelihoods import bernoulli
from tfgan.models import binary_pixels, network_calls
from tfgan.networks.cached_sampling import UncachedSampler


class Likelihood(abc.ABC):
    """p(x|z).

    Attributes:
      network: `keras.Model` that is trained with the decoder, or None.
      is_sequential: bool, whether a sample takes one pass per pixel.
      purpose: str, of the random draws in `observe`, see `rng.stream`.
    """

    network = None
    is_sequential = False
    purpose = "binary"

    def sample_shape(self, decoder):
        """The shape of one example: tuple; ValueError for a decoder that does not fit."""
        return tuple(decoder.output_shape[1:])

    def observe(self, data, modality, seed):
        """The observed x of a batch: float32 of the shape of the data.

        Args:
          data: raw, or float as a network input, `[batch, ...]`.
          modality: `modalities.Modality` of the data.
          seed: int32 `[2]`.
        """
        return modality.to_float(data)

    def observe_each(self, data, modality, seeds):
        """As `observe`, of raw data, with a seed per example: int32 `[batch, 2]`."""
        return modality.to_float(data)

    def expected(self, data, modality):
        """The mean of `observe` over its random draws, of raw data: float32."""
        return modality.to_float(data)

    @abc.abstractmethod
    def log_prob(self, decoders, codes, x, training):
        """log p(x|z) without `log_constant`: float32 `[batch]`, nats.

        Args:
          decoders: list of the decoder and, if there is one, the network, or of their averages.
          codes: dict of float32 `[batch, d]`, z.
          x: a result of `observe`.
          training: bool.
        """

    def log_constant(self, shape):
        """The part of log p(x|z) that `log_prob` omits for an example of a shape: float."""
        return 0.0

    def sampling_network(self, decoder):
        """The network that maps codes to samples in one pass, or None."""
        del decoder

    def draw(self, decoders, codes, seeds, shape):
        """Raw data, one example per code, of a sequential likelihood.

        Args:
          decoders, codes: see `log_prob`.
          seeds: int32 `[n, 2]`, one per code.
          shape: tuple, of one example.
        """
        raise ValueError(f"{type(self).__name__} draws in one pass: use sampling_network.")


@dataclasses.dataclass(frozen=True)
class SquaredError(Likelihood):
    """x ~ N(d(z), I); a sample is d(z) itself."""

    def log_prob(self, decoders, codes, x, training):
        [decoder] = decoders
        mean = tf.cast(network_calls.call_network(decoder, codes, training=training), tf.float32)
        return -tf.reduce_sum(tf.square(x - mean), axis=list(range(1, mean.shape.rank))) / 2.0

    def log_constant(self, shape):
        return -0.5 * math.prod(shape) * math.log(2.0 * math.pi)

    def sampling_network(self, decoder):
        return decoder


class _Binary(Likelihood):
    """Binary pixels; gray images are binarized again whenever they are read."""

    def observe(self, data, modality, seed):
        is_raw = data.dtype.name == modality.dtype
        return binary_pixels.binarize(data if is_raw else modality.to_raw(data), seed)

    def observe_each(self, data, modality, seeds):
        return binary_pixels.binarize_each(data, seeds)

    def expected(self, data, modality):
        return tf.cast(data, tf.float32) / 255.0


@dataclasses.dataclass(frozen=True)
class BernoulliPixels(_Binary):
    """Independent pixels; the decoder gives all logits l(z) at once.

    A pixel of a sample is the probability as a gray value, 255 sigmoid(l(z)), which is less noisy
    than a draw.
    """

    def log_prob(self, decoders, codes, x, training):
        [decoder] = decoders
        logits = tf.cast(network_calls.call_network(decoder, codes, training=training), tf.float32)
        return bernoulli.softplus_log_prob(x, logits)

    def sampling_network(self, decoder):
        half = keras.layers.Rescaling(0.5, dtype="float32")(decoder.output)
        pixels = keras.layers.Activation("tanh", dtype="float32")(half)  # 2 sigmoid(l) - 1
        return keras.Model(decoder.input, pixels, name="generator")


@dataclasses.dataclass(frozen=True)
class AutoregressivePixels(_Binary):
    """Each pixel given the code and the pixels before it; a sample is drawn pixel by pixel.

    Args:
      network: functional `keras.Model`, {"data", "features"} -> float32 logits `[batch, height,
        width, 1]`, each a function of the pixels before it and of the features `[batch, height,
        width, channels]` that the decoder gives. None for a decoder that takes {"data"} with the
        codes and gives the logits itself.
      cached_sampler: function (network, dict of its inputs but the data) ->
        `networks.cached_sampling.CachedSampler`, such as `pixelcnn.cached_sampler`; by default a
        sample takes one pass of the network per pixel.
    """

    network: keras.Model | None = None
    cached_sampler: Callable = UncachedSampler

    is_sequential = True
    purpose = "binary pixels"

    def sample_shape(self, decoder):
        if self.network is None:
            shape = super().sample_shape(decoder)
            binary_pixels.check_shape(shape, "decoder")
            return shape
        shape, features = (tuple(each.output_shape[1:]) for each in (self.network, decoder))
        binary_pixels.check_shape(shape, "network")
        expected = network_calls.input_shapes(self.network).get("features", "no features")
        if expected != features:
            raise ValueError(
                f"The decoder gives {features} per example; the network takes {expected}."
            )
        return shape

    def log_prob(self, decoders, codes, x, training):
        inputs = {**self._condition(decoders, codes, training), "data": x}
        logits = network_calls.call_network(decoders[-1], inputs, training=training)
        return bernoulli.log_prob(x, tf.cast(logits, tf.float32))

    def draw(self, decoders, codes, seeds, shape):
        condition = self._condition(decoders, codes, training=False)
        sampler = self.cached_sampler(decoders[-1], condition)
        uniforms = binary_pixels.uniforms(seeds, shape)
        return binary_pixels.to_raw(binary_pixels.draw(sampler, uniforms))

    def _condition(self, decoders, codes, training):
        """The inputs of the pixels' network other than the data: the features, or the codes."""
        if self.network is None:
            return codes
        return {"features": network_calls.call_network(decoders[0], codes, training=training)}
