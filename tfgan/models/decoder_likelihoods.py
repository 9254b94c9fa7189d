"""What a decoder says of data: the likelihood p(x|z) of an autoencoder, one value per variant.

  SquaredError          -||x - d(z)||^2 / 2, log N(x; d(z), I) but for its constant
  BernoulliPixels       sum_i log p(x_i | z): black and white pixels, independent given the code
  AutoregressivePixels  sum_i log p(x_i | x_1 .. x_i-1, z): one pixel after another

Symbols: x data, z code, d(z) what the decoder makes of it.
"""

import abc
import dataclasses
import math
from collections.abc import Callable

import keras
import tensorflow as tf

from tfgan.data import binarization
from tfgan.models import binary_pixels, network_calls, pixelwise
from tfgan.networks.cached_sampling import UncachedSampler


class Likelihood(abc.ABC):
    """p(x|z).

    Attributes:
      network: `keras.Model` that is trained beside the decoder, or None.
      is_sequential: bool, whether a sample takes a pass per pixel.
      purpose: str, of the draws that make what is observed, see `rng.stream`.
    """

    network = None
    is_sequential = False
    purpose = "binary"

    @abc.abstractmethod
    def sample_shape(self, decoder):
        """The shape of one example: tuple.

        Raises: ValueError for a decoder that does not fit.
        """

    @abc.abstractmethod
    def observe(self, data, modality, seed):
        """What is observed of a batch, x: float32 of the shape of the data.

        Args:
          data: raw, or float as networks see it, `[batch, ...]`.
          modality: `modalities.Modality` of the data.
          seed: int32 `[2]`.
        """

    @abc.abstractmethod
    def observe_each(self, data, modality, seeds):
        """As `observe`, of raw data, each example by a seed of its own: int32 `[batch, 2]`."""

    @abc.abstractmethod
    def expected(self, data, modality):
        """The mean of what is observed of raw data, without any draw: float32."""

    @abc.abstractmethod
    def log_prob(self, decoders, codes, x, training):
        """log p(x|z), but for `log_constant`: float32 `[batch]`, nats.

        Args:
          decoders: the decoder and, if there is one, the network, or running averages of them.
          codes: dict of float32 `[batch, d]`, z.
          x: what `observe` returned.
          training: bool.
        """

    def log_constant(self, shape):
        """What `log_prob` leaves out for an example of a shape: float."""
        del shape
        return 0.0

    def sampling_network(self, decoder):
        """The network that makes samples of codes in one pass; None where there is none."""
        del decoder

    def draw(self, decoders, codes, seeds, shape):
        """Raw data of codes, a seed each; only of a sequential likelihood.

        Args:
          decoders, codes: as of `log_prob`.
          seeds: int32 `[n, 2]`.
          shape: tuple, of one example.
        """
        raise ValueError(f"{type(self).__name__} makes data in one pass: use sampling_network.")


@dataclasses.dataclass(frozen=True)
class SquaredError(Likelihood):
    """Data around what the decoder makes, N(x; d(z), I); samples are d(z) itself."""

    def sample_shape(self, decoder):
        return tuple(decoder.output_shape[1:])

    def observe(self, data, modality, seed):
        del seed
        return modality.to_float(data)

    def observe_each(self, data, modality, seeds):
        del seeds
        return modality.to_float(data)

    def expected(self, data, modality):
        return modality.to_float(data)

    def log_prob(self, decoders, codes, x, training):
        [decoder] = decoders
        made = tf.cast(network_calls.call_network(decoder, codes, training=training), tf.float32)
        return -tf.reduce_sum(tf.square(x - made), axis=list(range(1, made.shape.rank))) / 2.0

    def log_constant(self, shape):
        return -0.5 * math.prod(shape) * math.log(2.0 * math.pi)

    def sampling_network(self, decoder):
        return decoder


class _Binary(Likelihood):
    """Black and white pixels; gray images are drawn black or white anew whenever they are read."""

    def observe(self, data, modality, seed):
        is_raw = data.dtype.name == modality.dtype
        return binarization.dynamic(data if is_raw else modality.to_raw(data), seed)

    def observe_each(self, data, modality, seeds):
        del modality
        return binary_pixels.numbered(data, seeds)

    def expected(self, data, modality):
        del modality
        return tf.cast(data, tf.float32) / 255.0


@dataclasses.dataclass(frozen=True)
class BernoulliPixels(_Binary):
    """Each pixel white with a probability of its own; the decoder gives the logits of all at once.

    A sample's pixel is that probability as a gray, 255 sigmoid(l(z)): less noisy to look at than
    the black and white that the model draws.
    """

    def sample_shape(self, decoder):
        return tuple(decoder.output_shape[1:])

    def log_prob(self, decoders, codes, x, training):
        [decoder] = decoders
        logits = tf.cast(network_calls.call_network(decoder, codes, training=training), tf.float32)
        return bernoulli_log_prob(logits, x)

    def sampling_network(self, decoder):
        half = keras.layers.Rescaling(0.5, dtype="float32")(decoder.output)
        pixels = keras.layers.Activation("tanh", dtype="float32")(half)  # 2 sigmoid(l) - 1
        return keras.Model(decoder.input, pixels, name="generator")


@dataclasses.dataclass(frozen=True)
class AutoregressivePixels(_Binary):
    """Each pixel given the code and the pixels before it; samples are drawn pixel by pixel.

    Args:
      network: functional `keras.Model`, {"data", "features"} -> float32 logits `[batch, height,
        width, 1]`, each from the pixels before its own and the features `[batch, height, width,
        channels]` that the decoder makes of the code. None for a decoder that takes {"data"}
        beside the codes and gives the logits itself.
      cached_sampler: function (network, dict of its inputs but the data) ->
        `networks.cached_sampling.CachedSampler`, such as `pixelcnn.cached_sampler`; by default a
        sample takes one pass of the network per pixel.
    """

    network: keras.Model | None = None
    cached_sampler: Callable = UncachedSampler

    is_sequential = True
    purpose = "binary pixels"

    def sample_shape(self, decoder):
        giver, role = (decoder, "decoder") if self.network is None else (self.network, "network")
        shape = tuple(giver.output_shape[1:])
        binary_pixels.check_shape(shape, role)
        if self.network is not None:
            made, taken = tuple(decoder.output_shape[1:]), network_calls.input_shapes(self.network)
            if taken.get("features") != made:
                raise ValueError(
                    f"The decoder gives {made} per example; the network takes "
                    f"{taken.get('features', 'no features')}."
                )
        return shape

    def log_prob(self, decoders, codes, x, training):
        given = self._given(decoders, codes, training)
        logits = network_calls.call_network(decoders[-1], {**given, "data": x}, training=training)
        return binary_pixels.log_prob(x, tf.cast(logits, tf.float32))

    def draw(self, decoders, codes, seeds, shape):
        cached_sampler = self.cached_sampler(
            decoders[-1], self._given(decoders, codes, training=False)
        )
        return binary_pixels.to_raw(
            pixelwise.draw(cached_sampler, pixelwise.uniforms(seeds, shape))
        )

    def _given(self, decoders, codes, training):
        """What the network of the pixels takes beside them: the features, or the codes."""
        if self.network is None:
            return codes
        return {"features": network_calls.call_network(decoders[0], codes, training=training)}


def bernoulli_log_prob(logits, x):
    """sum_i x_i l_i - softplus(l_i): the log-probability of binary images, `[batch]`, nats.

    Args:
      logits: float32 `[batch, height, width, channels]`.
      x: float32 of the same shape, 0 or 1.
    """
    return tf.reduce_sum(x * logits - tf.nn.softplus(logits), axis=list(range(1, x.shape.rank)))
