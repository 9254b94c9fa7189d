"""The adversarial autoencoder: a decoder that says the whole example at once.

Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644.
"""

import tensorflow as tf

from tfgan import modalities
from tfgan.models import calling
from tfgan.models.code_matching import CodeMatchingAutoencoder


class AdversarialAutoencoder(CodeMatchingAutoencoder):
    """An autoencoder whose codes look like draws of a prior.

    min E_x ||x - decoder(q(x))||^2 / 2 in the reconstruction phase; the phases are those of
    `code_matching`. What the paper builds from it are values of the arguments:

      section 2    one code and its prior
      section 2.3  the discriminator is told the label
      section 5    a class code and a style code, a category and a classification phase
      section 6    the same without labels: the classes become clusters

    Args: see `CodeMatchingAutoencoder`; the decoder takes the codes alone and makes float32 data
      `[batch, ...]`, images in [-1, 1].
      modality: as of `GAN`.
    Raises: ValueError, if the networks do not fit each other or the prior.
    Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644.
    """

    def __init__(
        self,
        encoder,
        decoder,
        discriminator,
        *,
        prior,
        classes=None,
        category=None,
        modality=None,
        name="adversarial_autoencoder",
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
        self.named_modality = modalities.resolve(modality, self.sample_shape)
        seen = tuple(encoder.inputs[0].shape[1:])
        if seen != self.sample_shape:
            raise ValueError(
                f"The decoder makes data of shape {self.sample_shape}; the encoder takes {seen}."
            )

    def generating_network(self):
        """The decoder, or its running average."""
        return self.in_use(self.decoder)

    def log_prob(self, data, *, seed=0):
        """Raises ValueError: the decoder gives a point for a code, and no density."""
        raise ValueError(
            "AdversarialAutoencoder has no log-likelihood: its decoder gives one point for each "
            "code and no density, and the distance of its codes from the prior is known to a "
            "discriminator alone. What there is: the reconstruction error in the logs, and "
            "`tfgan evaluate --metrics=parzen`, an estimate from samples."
        )

    def _reconstruction_loss(self, batch, codes, training):
        made = tf.cast(calling.call_network(self.decoder, codes, training=training), tf.float32)
        axes = list(range(1, made.shape.rank))
        return tf.reduce_sum(tf.square(batch["data"] - made), axis=axes) / 2.0
