"""One network that tells each pixel from those before it.

log p(x) = sum_i log p(x_i | x_1 .. x_i-1), x binary pixels in the order of reading: exact. Every
such model is a value of the network: MADE, PixelCNN, gated PixelCNN.
"""

import tensorflow as tf

from tfgan import likelihoods, rng
from tfgan.data import binarization
from tfgan.models import base, binary_pixels, ema, network_calls, pixelwise, sampling
from tfgan.networks.cached_sampling import UncachedSampler


class Autoregressive(base.GenerativeModel):
    """An autoregressive model of binary pixels; gray images are binarized anew at every step.

    It has one player, "network", which minimizes -log p(x), in nats per image.

    Args:
      network: functional `keras.Model`, {"data": float32 `[batch, height, width, 1]`, 0 or 1} ->
        float32 logits of the same shape, each from the pixels before its own alone.
      cached_sampler: function network -> `networks.cached_sampling.CachedSampler`, such as
        `pixelcnn.cached_sampler`; by default a sample takes one pass of the network per pixel.
    Raises: ValueError, if the network's pixels are not of one channel.
    """

    def __init__(self, network, *, cached_sampler=UncachedSampler, name="autoregressive"):
        super().__init__(name=name)
        self.sample_shape = tuple(network.output_shape[1:])
        binary_pixels.check_shape(self.sample_shape, "network")
        self.network = network
        self.average = ema.averaged_copy(network)
        self.cached_sampler = cached_sampler
        self.sampling_steps = self.sample_shape[0] * self.sample_shape[1]
        self.built = True

    @property
    def networks(self):
        """The network, alone."""
        return {"network": self.network}

    @property
    def player_variables(self):
        """Those of the network."""
        return {"network": self.network.trainable_variables}

    @property
    def averaged(self):
        """The network's."""
        return [(self.average, self.network)]

    def train_step(self, batch):
        """One update.

        Args:
          batch: dict, `data` uint8 `[batch, height, width, 1]`; labels are not looked at.
        Returns: dict of float32 scalars: nats, the mean of -log p(x);
          gradient_norm if asked for.
        """
        pixels = self._pixels(batch, self.learning)
        logs = self.minimize(lambda rows: self._objective(rows, self.learning), pixels, "network")
        self.finish_step(rng.count(pixels))
        return self.report(logs)

    def figures(self, batch, mode):
        """As `train_step`."""
        return self._objective(self._pixels(batch, mode), mode)[1]

    def draw(self, seeds):
        """A sample for each seed, 0 or 255, pixel by pixel; there are no labels and no tails."""
        cached_sampler = self.cached_sampler(self.in_use(self.network))
        uniforms = pixelwise.uniforms(seeds, self.sample_shape)
        return {"data": binary_pixels.to_raw(pixelwise.draw(cached_sampler, uniforms))}

    def log_prob(self, data, *, seed=0):
        """log p(x) of binary pixels, exact.

        Args:
          data: uint8 NumPy `[n, height, width, 1]`; grays are drawn black or white.
          seed: int, of those draws.
        Returns: `likelihoods.LogLikelihood`, "exact".
        """
        stream = rng.stream(seed, 0, "binary pixels of a likelihood")

        def rate(rows, indices):
            return self._rate(rows, stream, indices, weights=self.weights_in_use)

        return likelihoods.LogLikelihood(sampling.map_in_batches(rate, data), "exact")

    def encode(self, data):
        """Raises ValueError: there is nothing to encode into."""
        raise ValueError(
            "Autoregressive has no latent code: it tells each pixel from those before it."
        )

    def _pixels(self, batch, mode):
        return binarization.dynamic(self.as_raw(batch), mode.stream("binary pixels"))

    def _objective(self, pixels, mode):
        with rng.layer_seeds(mode.stream("network")):
            logits = self.network({"data": pixels}, training=mode.training)
        loss = -tf.reduce_mean(binary_pixels.log_prob(pixels, logits))
        loss, logs = network_calls.regularized(loss, {"nats": loss}, [self.network])
        return [loss], logs

    @tf.function(autograph=False)
    def _rate(self, data, seed, indices, *, weights):
        del weights  # a graph each
        pixels = binary_pixels.numbered(data, rng.fold(seed, indices))
        logits = self.in_use(self.network)({"data": pixels}, training=False)
        return binary_pixels.log_prob(tf.cast(pixels, tf.float64), tf.cast(logits, tf.float64))
