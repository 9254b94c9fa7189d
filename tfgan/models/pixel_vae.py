"""PixelVAE: a variational autoencoder whose decoder draws one pixel after another.

  log p(x) >= E_q log p(x|z) - KL(q(z|x) || p(z))
  p(x|z) = prod_i p(x_i | x_1 .. x_i-1, z),  p(z) = N(0, I),  q(z|x) = N(m(x), diag(s(x)^2))

What pixels tell about each other need not be in z: the more the pixel network sees, the less z
says.

Symbols: x binary image, z latent; m, log s^2 the encoder's outputs.

Source: Gulrajani et al. 2016, https://arxiv.org/abs/1611.05013, section 3.
"""

import tensorflow as tf

from tfgan import likelihoods, priors, rng
from tfgan.data import binarisation
from tfgan.likelihoods import iwae
from tfgan.models import average, base, binary, raster, sampling, vae
from tfgan.networks.walk import FullPasses

_NETWORKS = ("encoder", "decoder", "network")


class PixelVAE(base.GenerativeModel):
    """A variational autoencoder of binary pixels with an autoregressive decoder.

    Grey images are binarised anew whenever they are read.

    Args:
      encoder: functional `keras.Model`, {"data"} -> {"mean", "log_variance"}, float32 `[batch, d]`.
      decoder: functional `keras.Model`, {"latent": `[batch, d]`} -> features of each pixel, float32
        `[batch, height, width, channels]`.
      network: functional `keras.Model`, {"data", "features"} -> float32 logits `[batch, height,
        width, 1]`, each from the features and the pixels before its own alone.
      walk: function (network, {"features"}) -> `networks.walk.Walk`, for sampling, such as
        `pixelcnn.walk`; by default a pass through the whole network for every pixel.
      kl_warmup: int, steps in which the weight of the KL term goes up from 0 to 1. Without them the
        pixel network may learn to do without z before z says anything.
      bound_samples: int, k, latents per example of `log_prob`; 1 is the ELBO.
    Raises: ValueError, if the networks do not fit each other or the pixels are not of one channel,
      and for numbers out of range.
    """

    def __init__(
        self,
        encoder,
        decoder,
        network,
        *,
        walk=FullPasses,
        kl_warmup=0,
        bound_samples=100,
        name="pixel_vae",
    ):
        super().__init__(name=name)
        if kl_warmup < 0:
            raise ValueError(f"kl_warmup must be 0 or more; received {kl_warmup}.")
        if bound_samples < 1:
            raise ValueError(f"bound_samples must be at least 1; received {bound_samples}.")
        self.kl_warmup = kl_warmup
        self.bound_samples = bound_samples
        _check_fit(encoder, decoder, network)
        for part, given in zip(_NETWORKS, (encoder, decoder, network), strict=True):
            setattr(self, part, given)
            setattr(self, f"average_{part}", average.averaged_copy(given))
        self.walk = walk
        self.prior = priors.Normal(_input_shape(decoder, "latent")[0])
        self.sample_shape = tuple(network.output_shape[1:])
        self.sequential_passes = self.sample_shape[0] * self.sample_shape[1]
        self.built = True

    @property
    def networks(self):
        """Encoder, decoder and the network of pixels."""
        return {name: getattr(self, name) for name in _NETWORKS}

    @property
    def player_variables(self):
        """One player: all networks, on one loss."""
        networks = self.networks.values()
        return {"autoencoder": [v for network in networks for v in network.trainable_variables]}

    @property
    def averaged(self):
        """Those of all networks."""
        return [(getattr(self, f"average_{name}"), each) for name, each in self.networks.items()]

    def train_step(self, batch):
        """One update of all networks.

        Args:
          batch: dict, `data` uint8 `[batch, height, width, 1]`; labels are not looked at.
        Returns: dict of float32 scalars in nats: loss (minus the ELBO, once the KL has its whole
          weight), reconstruction (-log p(x|z)) and kl; gradient_norm if asked for.
        """
        x = self._pixels(batch, self.learning)
        logs = self.minimize(lambda rows: self._objective(rows, self.learning), x, "autoencoder")
        self.finish_step(rng.count(x))
        return self.report(logs)

    def figures(self, batch, mode):
        """As `train_step`."""
        return self._objective(self._pixels(batch, mode), mode)[1]

    def draw(self, seeds, *, truncation=None):
        """A sample for each seed, 0 or 255, pixel by pixel; there are no labels."""
        features = self.in_use(self.decoder)(
            self.latents(seeds, truncation=truncation), training=False
        )
        walk = self.walk(self.in_use(self.network), {"features": features})
        uniforms = raster.uniforms(seeds, self.sample_shape)
        return {"data": binary.to_raw(raster.draw(walk, uniforms))}

    def encode(self, data):
        """The mean of q(z|x) at the expected binary image, x = v / 255: float32 `[n, d]`.

        Args:
          data: uint8 NumPy `[n, height, width, 1]`.
        """

        def mean(rows, _):
            grey = tf.cast(rows, tf.float32) / 255.0
            return self.in_use(self.encoder)({"data": grey}, training=False)["mean"]

        return sampling.over(mean, data)

    def log_prob(self, data, *, seed=0):
        """A lower bound of log p(x) by `bound_samples` latents.

        Args:
          data: uint8 NumPy `[n, height, width, 1]`; greys are drawn black or white.
          seed: int, of those draws and of the latents.
        Returns: `likelihoods.LogLikelihood`, "lower bound".
        """
        stream = rng.stream(seed, 0, "likelihood")

        def weigh(rows, indices):
            options = {"samples": self.bound_samples, "weights": self.sampling_weights}
            return self._log_weights(rows, stream, indices, **options)

        log_weights = sampling.over(weigh, data)
        bound = iwae.importance_weighted(log_weights.T)
        return likelihoods.LogLikelihood(bound, "lower bound")

    def _pixels(self, batch, mode):
        return binarisation.dynamic(self.as_raw(batch), mode.stream("binary pixels"))

    def _objective(self, x, mode):
        weight = tf.minimum(1.0, tf.cast(self.step, tf.float32) / max(self.kl_warmup, 1))
        weight = weight if self.kl_warmup else 1.0
        with rng.layer_seeds(mode.stream("networks")):
            code = self.encoder({"data": x}, training=mode.training)
            noise = rng.normal(mode.stream("latent"), rng.count(x), code["mean"].shape[1:])
            features = self.decoder({"latent": _latent(code, noise)}, training=mode.training)
            logits = self.network({"data": x, "features": features}, training=mode.training)
        reconstruction = -tf.reduce_mean(binary.log_prob(x, logits))
        kl = tf.reduce_mean(vae.kl_divergence(code["mean"], code["log_variance"]))
        loss = reconstruction + weight * kl
        return [loss], {"loss": loss, "reconstruction": reconstruction, "kl": kl}

    @tf.function(autograph=False)
    def _log_weights(self, data, seed, indices, *, samples, weights):
        """log w_j = log p(x|z_j) + log p(z_j) - log q(z_j|x), z_j ~ q(z|x): `[chunk, samples]`."""
        del weights  # a graph each
        encoder, decoder, network = (self.in_use(each) for each in self.networks.values())
        x = binary.numbered(data, rng.fold(rng.fold(seed, 0), indices))
        code = encoder({"data": x}, training=False)

        def draw(count, example_seed):
            return rng.normal(example_seed, count, code["mean"].shape[1:])

        def weigh(turn):
            noise = rng.per_example(draw, rng.fold(rng.fold(seed, turn), indices))
            z = _latent(code, noise)
            features = decoder({"latent": z}, training=False)
            logits = network({"data": x, "features": features}, training=False)
            ratio = 0.5 * tf.reduce_sum(noise**2 - z**2 + code["log_variance"], axis=1)
            return binary.log_prob(x, logits) + ratio

        weights = tf.map_fn(weigh, tf.range(1, samples + 1), fn_output_signature=tf.float32)
        return tf.transpose(weights)


def _latent(code, noise):
    """z = m + s noise."""
    return code["mean"] + tf.exp(0.5 * code["log_variance"]) * noise


def _check_fit(encoder, decoder, network):
    """Refuses networks that do not fit each other, before anything is trained."""
    binary.check_shape(network.output_shape[1:], "network")
    for giver, made, taker, taken in (
        ("decoder", tuple(decoder.output_shape), "network", _input_shape(network, "features")),
        ("encoder", encoder.output["mean"].shape, "decoder", _input_shape(decoder, "latent")),
    ):
        if made[1:] != taken:
            raise ValueError(
                f"The {giver} gives {made[1:]} for an example; the {taker} takes {taken}."
            )


def _input_shape(network, name):
    return next(tuple(x.shape[1:]) for x in network.inputs if x.name == name)
