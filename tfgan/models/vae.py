"""Variational autoencoder: a decoder of latents, and an encoder that guesses them.

  log p(x) >= E_q log p(x|z) - KL(q(z|x) || p(z))      the evidence lower bound (ELBO)
  p(z) = N(0, I),  q(z|x) = N(m(x), diag(s(x)^2)),  p(x|z) = prod_i Bernoulli(x_i; sigmoid(l_i(z)))

Symbols: x binary image, z latent; m, log s^2 the encoder's outputs, l the decoder's logits.

Source: Kingma & Welling 2014, https://arxiv.org/abs/1312.6114, Eq. 10 and appendices B and C.
"""

import math

import keras
import numpy as np
import tensorflow as tf

from tfgan import priors, rng
from tfgan.data import binarisation
from tfgan.likelihoods import LogLikelihood, iwae
from tfgan.models import average, base, calling, sampling

_CHUNK = 100  # examples of one pass; fixed, so that no figure depends on how many are asked for


class VAE(base.GenerativeModel):
    """A variational autoencoder of binary pixels.

    Grey images are binarised anew whenever they are read (`data.binarisation.dynamic`).

    Args:
      encoder: functional `keras.Model`, {"data"} -> {"mean", "log_variance"}, see `networks.vae`.
      decoder: functional `keras.Model`, {"latent"} -> float32 logits of pixels.
      kl_weight: float, of the KL term in training; 1 is the bound, others are the beta-VAE of
        https://openreview.net/forum?id=Sy2fzU9gl.
      bound_samples: int, k, latents per example of `log_prob`; 1 is the ELBO.
    Raises: ValueError, if the two do not fit each other, and for numbers out of range.
    """

    def __init__(self, encoder, decoder, *, kl_weight=1.0, bound_samples=100, name="vae"):
        super().__init__(name=name)
        _check_fit(encoder, decoder)
        if kl_weight < 0:
            raise ValueError(f"kl_weight must be 0 or more; received {kl_weight}.")
        if bound_samples < 1:
            raise ValueError(f"bound_samples must be at least 1; received {bound_samples}.")
        self.kl_weight = kl_weight
        self.bound_samples = bound_samples
        self.encoder = encoder
        self.decoder = decoder
        self.average_encoder = average.averaged_copy(encoder)
        self.average_decoder = average.averaged_copy(decoder)
        self.prior = priors.Normal(decoder.input_shape[1])
        self.sample_shape = tuple(decoder.output_shape[1:])
        self.built = True

    @property
    def networks(self):
        """Encoder and decoder."""
        return {"encoder": self.encoder, "decoder": self.decoder}

    @property
    def player_variables(self):
        """One player: both networks, on one loss."""
        networks = self.networks.values()
        return {"autoencoder": [v for network in networks for v in network.trainable_variables]}

    @property
    def averaged(self):
        """Those of encoder and decoder."""
        return [(self.average_encoder, self.encoder), (self.average_decoder, self.decoder)]

    def train_step(self, batch):
        """One update of both networks.

        Args:
          batch: dict, `data` uint8 `[batch, height, width, channels]`; labels are not looked at.
        Returns: dict of float32 scalars in nats: loss (minus the ELBO, if kl_weight is 1),
          reconstruction (-log p(x|z)) and kl; gradient_norm if asked for.
        """
        x = self._pixels(batch, self.learning)
        logs = self.minimize(lambda rows: self._objective(rows, self.learning), x, "autoencoder")
        self.finish_step(rng.count(x))
        return self.report(logs)

    def figures(self, batch, mode):
        """As `train_step`."""
        return self._objective(self._pixels(batch, mode), mode)[1]

    def generating_network(self):
        """The decoder, and behind it the expected pixels: tanh(l / 2) = 2 sigmoid(l) - 1.

        So a sample's pixel is 255 sigmoid(l(z)), its probability as a grey: less noisy to look at
        than the black and white that the model draws.
        """
        decoder = self.in_use(self.decoder)
        half = keras.layers.Rescaling(0.5, dtype="float32")(decoder.output)
        pixels = keras.layers.Activation("tanh", dtype="float32")(half)
        return keras.Model(decoder.input, pixels, name="generator")

    def generate(self, inputs):
        """Expected pixels of given latents, before they become raw data.

        Args:
          inputs: dict, `latent` float32 `[n, latent_dim]`.
        Returns: float32 NumPy `[n, height, width, channels]` in [-1, 1].
        """
        return sampling.through(self.generating_network(), inputs)

    def encode(self, data):
        """The mean of q(z|x) at the expected binary image, x = v / 255: float32 `[n, latent_dim]`.

        Nothing is drawn, so one image has one code.
        """
        return _through_encoder(self.in_use(self.encoder), np.asarray(data, np.float32) / 255.0)

    def log_prob(self, data, *, seed=0):
        """A lower bound of log p(x): the ELBO for bound_samples = 1, above it that of IWAE.

        Args:
          data: uint8 NumPy `[n, height, width, channels]`; binarised by the seed.
          seed: int.
        Returns: `likelihoods.LogLikelihood`, "lower bound".
        """
        log_weights = self.log_weights(data, self.bound_samples, seed)
        return LogLikelihood(iwae.importance_weighted(log_weights), "lower bound")

    def log_weights(self, data, samples, seed=0):
        """log w_j = log p(x|z_j) + log p(z_j) - log q(z_j|x), z_j ~ q(z|x): float32 `[samples, n]`.

        Args:
          data: uint8 NumPy `[n, height, width, channels]`; binarised by the seed.
          samples: int, latents an example; sample j is the same however many there are.
          seed: int.
        """
        stream = rng.stream(seed, 0, "log-likelihood")
        parts = []
        for first in range(0, len(data), _CHUNK):
            rows = data[np.arange(first, first + _CHUNK) % len(data)]
            part = self._chunk_weights(
                tf.constant(rows), rng.fold(stream, first), samples, weights=self.sampling_weights
            )
            parts.append(part.numpy())
        return np.concatenate(parts, axis=1)[:, : len(data)]

    def _pixels(self, batch, mode):
        return binarisation.dynamic(self.as_raw(batch), mode.stream("binary"))

    def _objective(self, x, mode):
        with rng.layer_seeds(mode.stream("encoder")):
            code = calling.call_network(self.encoder, {"data": x}, training=mode.training)
        z = _draw(code, rng.normal(mode.stream("latent"), rng.count(x), code["mean"].shape[1:]))
        logits = calling.call_network(self.decoder, {"latent": z}, training=mode.training)
        reconstruction = -tf.reduce_mean(bernoulli_log_prob(logits, x))
        kl = tf.reduce_mean(kl_divergence(code["mean"], code["log_variance"]))
        loss = reconstruction + self.kl_weight * kl
        return [loss], {"loss": loss, "reconstruction": reconstruction, "kl": kl}

    @tf.function(autograph=False)
    def _chunk_weights(self, data, seed, samples, *, weights):
        del weights  # a graph each
        encoder, decoder = self.in_use(self.encoder), self.in_use(self.decoder)
        x = binarisation.dynamic(data, rng.fold(seed, 0))
        code = calling.call_network(encoder, {"data": x}, training=False)

        def one(index):
            noise = rng.normal(rng.fold(seed, index), _CHUNK, code["mean"].shape[1:])
            z = _draw(code, noise)
            log_ratio = 0.5 * tf.reduce_sum(noise**2 - z**2 + code["log_variance"], axis=1)
            logits = calling.call_network(decoder, {"latent": z}, training=False)
            return bernoulli_log_prob(logits, x) + log_ratio

        return tf.map_fn(one, tf.range(1, samples + 1), fn_output_signature=tf.float32)


def kl_divergence(mean, log_variance):
    """KL(N(m, s^2) || N(0, I)) = 1/2 sum (m^2 + s^2 - 1 - log s^2): `[batch]`, nats.

    Args:
      mean, log_variance: float32 `[batch, d]`, m and log s^2.
    Source: Kingma & Welling 2014, appendix B.
    """
    return 0.5 * tf.reduce_sum(mean**2 + tf.exp(log_variance) - 1.0 - log_variance, axis=1)


def bernoulli_log_prob(logits, x):
    """sum_i x_i l_i - softplus(l_i): the log-probability of binary images, `[batch]`, nats.

    Args:
      logits: float32 `[batch, height, width, channels]`.
      x: float32 of the same shape, 0 or 1.
    """
    return tf.reduce_sum(x * logits - tf.nn.softplus(logits), axis=[1, 2, 3])


def _draw(code, noise):
    """z = m + s noise."""
    return code["mean"] + tf.exp(0.5 * code["log_variance"]) * noise


def _through_encoder(encoder, data):
    parts = []
    for first in range(0, len(data), _CHUNK):
        rows = data[np.arange(first, first + _CHUNK) % len(data)]
        code = calling.call_network(encoder, {"data": tf.constant(rows)}, training=False)
        parts.append(code["mean"].numpy())
    return np.concatenate(parts)[: len(data)]


def _check_fit(encoder, decoder):
    """Refuses networks that do not fit each other, before anything is trained."""
    made, read = decoder.output_shape[1:], encoder.input_shape[1:]
    if made != read:
        raise ValueError(f"The decoder makes images of shape {made}; the encoder takes {read}.")
    coded, decoded = encoder.output["mean"].shape[1:], decoder.input_shape[1:]
    if coded != decoded:
        raise ValueError(
            f"The encoder's codes have {math.prod(coded)} numbers; the decoder takes "
            f"{math.prod(decoded)}."
        )
