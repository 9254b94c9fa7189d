"""Autoregressive models: one network predicts each pixel from the pixels before it.

log p(x) = sum_i log p(x_i | x_1 .. x_i-1), x binary pixels from left to right and row by row:
exact. MADE, PixelCNN and gated PixelCNN are values of the network.
"""

import tensorflow as tf

from tfgan import likelihoods, rng
from tfgan.likelihoods import bernoulli
from tfgan.models import base, binary_pixels, ema, network_calls, sampling
from tfgan.networks.cached_sampling import UncachedSampler


class Autoregressive(base.GenerativeModel):
    """An autoregressive model of binary pixels; gray images are binarized again at every step.

    The one player, "network", minimizes -log p(x), in nats per image.

    Args:
      network: functional `keras.Model`, {"data": float32 `[batch, height, width, 1]`, 0 or 1} ->
        float32 logits of the same shape, each a function of the pixels before it alone.
      cached_sampler: function network -> `networks.cached_sampling.CachedSampler`, such as
        `pixelcnn.cached_sampler`; by default a sample takes one pass of the network per pixel.
    Raises: ValueError, if the network's output does not have one channel.
    """

    network_names = ("network",)

    def __init__(self, network, *, cached_sampler=UncachedSampler, name="autoregressive"):
        super().__init__(name=name)
        self.sample_shape = tuple(network.output_shape[1:])
        binary_pixels.check_shape(self.sample_shape, "network")
        self.network = network
        self.average = ema.averaged_copy(network)
        self.cached_sampler = cached_sampler
        self.sampling_steps = self.sample_shape[0] * self.sample_shape[1]
        self.built = True

    def train_step(self, batch):
        """One update.

        Args:
          batch: dict, `data` uint8 `[batch, height, width, 1]`; labels are ignored.
        Returns: dict of float32 scalars: nats, the mean of -log p(x); gradient_norm if requested.
        """
        pixels = self._pixels(batch, self.training_mode)
        mode = self.training_mode
        logs = self.minimize(lambda rows: self._objective(rows, mode), pixels, "network")
        self.finish_step(rng.count(pixels))
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`."""
        return self._objective(self._pixels(batch, mode), mode)[1]

    def draw(self, seeds):
        """One sample per seed, 0 or 255, pixel by pixel."""
        sampler = self.cached_sampler(self.in_use(self.network))
        uniforms = binary_pixels.uniforms(seeds, self.sample_shape)
        return {"data": binary_pixels.to_raw(binary_pixels.draw(sampler, uniforms))}

    def log_prob(self, data, *, seed=0):
        """log p(x) of binary pixels, exact.

        Args:
          data: uint8 NumPy `[n, height, width, 1]`; gray values are binarized.
          seed: int, of the binarization.
        Returns: `likelihoods.LogLikelihood`, "exact".
        """
        stream = rng.stream(seed, 0, "binary pixels of a likelihood")

        def log_probs(rows, indices):
            return self._log_probs(rows, stream, indices, weights=self.weights_in_use)

        return likelihoods.LogLikelihood(sampling.map_in_batches(log_probs, data), "exact")

    def encode(self, data):
        """Raises ValueError: there is no latent code."""
        raise ValueError(
            "Autoregressive has no latent code: it predicts each pixel from those before it."
        )

    def _pixels(self, batch, mode):
        return binary_pixels.binarize(self.as_raw(batch), mode.stream("binary pixels"))

    def _objective(self, pixels, mode):
        with rng.layer_seeds(mode.stream("network")):
            logits = self.network({"data": pixels}, training=mode.training)
        loss = -tf.reduce_mean(bernoulli.log_prob(pixels, logits))
        loss, logs = network_calls.regularized(loss, {"nats": loss}, [self.network])
        return [loss], logs

    @tf.function(autograph=False)
    def _log_probs(self, data, seed, indices, *, weights):
        del weights  # one graph per value
        pixels = binary_pixels.binarize_each(data, rng.fold(seed, indices))
        logits = self.in_use(self.network)({"data": pixels}, training=False)
        return bernoulli.log_prob(tf.cast(pixels, tf.float64), tf.cast(logits, tf.float64))
