"""The PixelGAN autoencoder: a decoder that says the example pixel by pixel.

Source: Makhzani & Frey 2017, https://arxiv.org/abs/1706.00531.
"""

import tensorflow as tf

from tfgan.data import binarisation
from tfgan.models import binary, calling, raster
from tfgan.models.code_matching import CodeMatchingAutoencoder


class PixelGANAutoencoder(CodeMatchingAutoencoder):
    """An autoregressive decoder told a code that looks like a draw of a prior.

    max E_x sum_i log p(x_i | x_1 .. x_i-1, q(x)) in the reconstruction phase, x binary pixels; the
    other phases are those of `code_matching`. As the decoder can model the pixels by itself, the
    prior decides what the code is left with: a normal one the global shape, a categorical one the
    class. Grey images are binarised anew at every step; the encoder sees them grey.

    Args:
      encoder, discriminator, prior, classes, category: see `CodeMatchingAutoencoder`.
      decoder: functional `keras.Model`, {"data": float32 `[batch, height, width, 1]`, 0 or 1, and
        the codes} -> float32 logits of that shape, each from the pixels before its own alone.
      walk: function (decoder, codes) -> `networks.walk.Walk`, for sampling.
    Raises: ValueError, if the networks do not fit each other or the prior.
    Source: Makhzani & Frey 2017, https://arxiv.org/abs/1706.00531.
    Differs: the paper's encoder sees binary pixels.
    """

    def __init__(
        self,
        encoder,
        decoder,
        discriminator,
        *,
        prior,
        walk,
        classes=None,
        category=None,
        name="pixelgan_autoencoder",
    ):
        super().__init__(
            encoder,
            decoder,
            discriminator,
            prior=prior,
            classes=classes,
            category=category,
            name=name,
        )
        self.sample_shape = tuple(decoder.output_shape[1:])
        binary.check_shape(self.sample_shape, "decoder")
        self.walk = walk
        self.sequential_passes = self.sample_shape[0] * self.sample_shape[1]

    def draw(self, seeds, *, truncation=None, **conditions):
        """A sample for each seed, 0 or 255, pixel by pixel from a decoder told a code."""
        codes = self.latents(seeds, truncation=truncation, **conditions)
        told = {name: codes[name] for name in self.prior.shapes}
        walk = self.walk(self.in_use(self.decoder), told)
        uniforms = raster.uniforms(seeds, self.sample_shape)
        made = {"data": binary.to_raw(raster.draw(walk, uniforms))}
        return made | {name: codes[name] for name in self.sampled_conditions}

    def log_prob(self, data, *, seed=0):
        """Raises ValueError: log p(x | z) is exact, but no bound follows without a density q."""
        raise ValueError(
            "PixelGANAutoencoder has no log-likelihood: log p(x | z) is exact for one code, and "
            "minus the reconstruction in the logs; but a bound on log p(x) also needs how far the "
            "codes are from the prior, which a discriminator alone knows."
        )

    def _prepare(self, batch, mode):
        pixels = binarisation.dynamic(self.as_raw(batch), mode.stream("binary pixels"))
        return {**super()._prepare(batch, mode), "pixels": pixels}

    def _reconstruction_loss(self, batch, codes, training):
        logits = calling.call_network(
            self.decoder, {**codes, "data": batch["pixels"]}, training=training
        )
        return -binary.log_prob(batch["pixels"], tf.cast(logits, tf.float32))
