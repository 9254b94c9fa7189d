"""Variational autoencoder: a decoder of latents, and an encoder that approximates the posterior.

  log p(x) >= E_q log p(x|z) - KL(q(z|x) || p(z))      the evidence lower bound (ELBO)
  p(z) = N(0, I),  q(z|x) = N(m(x), diag(s(x)^2)),  p(x|z) see `models.decoder_likelihoods`

With autoregressive pixels (PixelVAE) z need not hold what the pixels predict about each other: the
larger the receptive field of the pixel network, the less information z holds.

Symbols: x data, z latent; m, log s^2 the encoder's outputs.

Source: Kingma & Welling 2014, https://arxiv.org/abs/1312.6114, Eq. 10 and appendices B and C;
Gulrajani et al. 2016, https://arxiv.org/abs/1611.05013, section 3.
"""

import tensorflow as tf

from tfgan import priors, rng
from tfgan.likelihoods import LogLikelihood, iwae
from tfgan.models import autoencoder, network_calls, sampling
from tfgan.models.decoder_likelihoods import BernoulliPixels


class VAE(autoencoder.Autoencoder):
    """A variational autoencoder.

    Args:
      encoder: functional `keras.Model`, {"data"} -> {"mean", "log_variance"}, float32 `[batch, d]`,
        see `networks.vae`.
      decoder: functional `keras.Model`, {"latent": `[batch, d]`} -> what the likelihood takes, such
        as float32 logits of pixels.
      likelihood: p(x|z): `BernoulliPixels`, the default, `AutoregressivePixels` or `SquaredError`.
      kl_weight: float, of the KL term in training; 1 is the bound, others are the beta-VAE of
        https://openreview.net/forum?id=Sy2fzU9gl.
      kl_warmup: int, steps over which that weight rises from 0. Without a warm-up a pixel network
        may learn to ignore z.
      bound_samples: int, k, latents per example of `log_prob`; 1 is the ELBO.
    Raises: ValueError, if the networks do not fit each other, and for numbers out of range.
    """

    def __init__(
        self,
        encoder,
        decoder,
        *,
        likelihood=None,
        kl_weight=1.0,
        kl_warmup=0,
        bound_samples=100,
        name="vae",
    ):
        for argument, value in (("kl_weight", kl_weight), ("kl_warmup", kl_warmup)):
            if not value >= 0:
                raise ValueError(f"{argument} must be 0 or more; received {value}.")
        if bound_samples < 1:
            raise ValueError(f"bound_samples must be at least 1; received {bound_samples}.")
        super().__init__(encoder, decoder, likelihood=likelihood or BernoulliPixels(), name=name)
        self.kl_weight = kl_weight
        self.kl_warmup = kl_warmup
        self.bound_samples = bound_samples
        self.prior = priors.Normal(_latent_dim(encoder, decoder))

    @property
    def player_variables(self):
        return {"autoencoder": self.coder_variables}

    def train_step(self, batch):
        """One update of all networks.

        Args:
          batch: dict, `data` `[batch, ...]`, such as uint8 images; labels are ignored.
        Returns: dict of float32 scalars in nats: loss (minus the ELBO, if the weight of the KL is
          1), reconstruction (-log p(x|z)) and kl; gradient_norm if requested.
        """
        mode = self.training_mode
        x = self._observe(self.as_batch(batch), mode)
        logs = self.minimize(lambda rows: self._objective(rows, mode), x, "autoencoder")
        self.finish_step(rng.count(x))
        return self.report(logs)

    def batch_losses(self, batch, mode):
        """As `train_step`."""
        return self._objective(self._observe(batch, mode), mode)[1]

    def generate(self, inputs):
        """Expected data of `latent` `[n, d]`: float32 NumPy `[n, ...]`, images in [-1, 1].

        Raises: ValueError for pixels that are drawn one after another.
        """
        network = self.sampling_network()
        if network is None:
            raise ValueError("Autoregressive pixels have no generate: use sample.")
        return sampling.generate_in_batches(network, inputs)

    def encode(self, data):
        """The mean of q(z|x) at the expected x, such as v / 255: float32 `[n, d]`."""
        [name] = self.prior.shapes
        return sampling.map_in_batches(lambda rows, _: self.encoded(rows)[name], data)

    def encoded(self, rows):
        [name] = self.prior.shapes
        x = {"data": self.likelihood.expected(rows, self.modality)}
        outputs = network_calls.call_network(self.in_use(self.encoder), x, training=False)
        return {name: tf.cast(outputs["mean"], tf.float32)}

    def log_prob(self, data, *, seed=0):
        """A lower bound of log p(x): the ELBO if bound_samples is 1, else the bound of IWAE.

        Args:
          data: raw data, NumPy `[n, ...]`; gray values are binarized where pixels are binary.
          seed: int, of the binarization and of the latents.
        Returns: `likelihoods.LogLikelihood`, "lower bound".
        """
        log_weights = self.log_weights(data, self.bound_samples, seed)
        return LogLikelihood(iwae.importance_weighted(log_weights), "lower bound")

    def log_weights(self, data, samples, seed=0):
        """log w_j = log p(x|z_j) + log p(z_j) - log q(z_j|x), z_j ~ q(z|x): float32 `[samples, n]`.

        Latent j does not depend on the number of samples.
        """
        stream = rng.stream(seed, 0, "likelihood")

        def weigh(rows, indices):
            return self._log_weights(rows, stream, indices, samples, weights=self.weights_in_use)

        return sampling.map_in_batches(weigh, data).T

    def _observe(self, batch, mode):
        stream = mode.stream(self.likelihood.purpose)
        return self.likelihood.observe(batch["data"], self.modality, stream)

    def _objective(self, x, mode):
        # Runs of the first releases resume bit for bit with these names of streams.
        layers = "networks" if self.likelihood.is_sequential else "encoder"
        with rng.layer_seeds(mode.stream(layers)):
            code = network_calls.call_network(self.encoder, {"data": x}, training=mode.training)
            noise = rng.normal(mode.stream("latent"), rng.count(x), code["mean"].shape[1:])
            codes = {"latent": _latent(code, noise)}
            each = self.likelihood.log_prob(self.decoders, codes, x, mode.training)
        reconstruction = -tf.reduce_mean(each)
        kl = tf.reduce_mean(kl_divergence(code["mean"], code["log_variance"]))
        weight = self.kl_weight
        if self.kl_warmup:
            weight *= tf.minimum(1.0, tf.cast(self.step, tf.float32) / self.kl_warmup)
        loss = reconstruction + weight * kl
        logs = {"loss": loss, "reconstruction": reconstruction, "kl": kl}
        loss, logs = network_calls.regularized(loss, logs, self.networks.values())
        return [loss], logs

    @tf.function(autograph=False)
    def _log_weights(self, data, seed, indices, samples, *, weights):
        del weights  # one graph per value
        encoder = self.in_use(self.encoder)
        decoders = [self.in_use(each) for each in self.decoders]
        x = self.likelihood.observe_each(data, self.modality, rng.fold(rng.fold(seed, 0), indices))
        code = network_calls.call_network(encoder, {"data": x}, training=False)

        def weigh(noise):
            z = _latent(code, noise)
            ratio = 0.5 * tf.reduce_sum(noise**2 - z**2 + code["log_variance"], axis=1)
            return self.likelihood.log_prob(decoders, {"latent": z}, x, training=False) + ratio

        # The first numbers do not depend on how many are drawn, nor does latent j.
        shape = (samples, *code["mean"].shape[1:])
        draws = rng.normal(rng.fold(rng.fold(seed, 1), indices), rng.count(data), shape)
        by_latent = tf.transpose(draws, (1, 0, 2))
        log_weights = tf.map_fn(weigh, by_latent, fn_output_signature=tf.float32)
        return tf.transpose(log_weights) + self.likelihood.log_constant(self.sample_shape)


def kl_divergence(mean, log_variance):
    """KL(N(m, s^2) || N(0, I)) = 1/2 sum (m^2 + s^2 - 1 - log s^2): `[batch]`, nats.

    Args:
      mean, log_variance: float32 `[batch, d]`, m and log s^2.
    Source: Kingma & Welling 2014, appendix B.

    >>> kl_divergence(tf.constant([[0.0, 2.0]]), tf.zeros([1, 2])).numpy().tolist()
    [2.0]
    """
    return 0.5 * tf.reduce_sum(mean**2 + tf.exp(log_variance) - 1.0 - log_variance, axis=1)


def _latent(code, noise):
    return code["mean"] + tf.exp(0.5 * code["log_variance"]) * noise


def _latent_dim(encoder, decoder):
    """The size of the latent, an output of the encoder and an input of the decoder."""
    [size] = encoder.output["mean"].shape[1:]
    expected = network_calls.input_shapes(decoder).get("latent", "no latent")
    if expected != (size,):
        raise ValueError(
            f"The encoder gives {size} numbers per example; the decoder takes {expected}."
        )
    return size
