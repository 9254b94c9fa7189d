"""One network that tells each pixel from those before it.

log p(x) = sum_i log p(x_i | x_1 .. x_i-1), x binary pixels in the order of reading: exact. Every
such model is a value of the network: MADE, PixelCNN, gated PixelCNN.
"""

import tensorflow as tf

from tfgan import likelihoods, rng
from tfgan.data import binarisation
from tfgan.models import average, base, binary, calling, raster, sampling
from tfgan.networks.walk import FullPasses


class Autoregressive(base.GenerativeModel):
    """An autoregressive model of binary pixels; grey images are binarised anew at every step.

    It has one player, "network", which minimizes -log p(x), in nats per image.

    Args:
      network: functional `keras.Model`, {"data": float32 `[batch, height, width, 1]`, 0 or 1} ->
        float32 logits of the same shape, each from the pixels before its own alone.
      walk: function network -> `networks.walk.Walk`, for sampling, such as `pixelcnn.walk`; by
        default a pass through the whole network for every pixel.
    Raises: ValueError, if the network's pixels are not of one channel.
    """

    def __init__(self, network, *, walk=FullPasses, name="autoregressive"):
        super().__init__(name=name)
        self.sample_shape = tuple(network.output_shape[1:])
        binary.check_shape(self.sample_shape, "network")
        self.network = network
        self.average = average.averaged_copy(network)
        self.walk = walk
        self.sequential_passes = self.sample_shape[0] * self.sample_shape[1]
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
        walk = self.walk(self.in_use(self.network))
        uniforms = raster.uniforms(seeds, self.sample_shape)
        return {"data": binary.to_raw(raster.draw(walk, uniforms))}

    def log_prob(self, data, *, seed=0):
        """log p(x) of binary pixels, exact.

        Args:
          data: uint8 NumPy `[n, height, width, 1]`; greys are drawn black or white.
          seed: int, of those draws.
        Returns: `likelihoods.LogLikelihood`, "exact".
        """
        stream = rng.stream(seed, 0, "binary pixels of a likelihood")

        def rate(rows, indices):
            return self._rate(rows, stream, indices, weights=self.weights_in_use)

        return likelihoods.LogLikelihood(sampling.over(rate, data), "exact")

    def encode(self, data):
        """Raises ValueError: there is nothing to encode into."""
        raise ValueError(
            "Autoregressive has no latent code: it tells each pixel from those before it."
        )

    def _pixels(self, batch, mode):
        return binarisation.dynamic(self.as_raw(batch), mode.stream("binary pixels"))

    def _objective(self, pixels, mode):
        with rng.layer_seeds(mode.stream("network")):
            logits = self.network({"data": pixels}, training=mode.training)
        loss = -tf.reduce_mean(binary.log_prob(pixels, logits))
        loss, logs = calling.regularized(loss, {"nats": loss}, [self.network])
        return [loss], logs

    @tf.function(autograph=False)
    def _rate(self, data, seed, indices, *, weights):
        del weights  # a graph each
        pixels = binary.numbered(data, rng.fold(seed, indices))
        logits = self.in_use(self.network)({"data": pixels}, training=False)
        return binary.log_prob(tf.cast(pixels, tf.float64), tf.cast(logits, tf.float64))
