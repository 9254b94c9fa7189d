"""Relativistic losses: a logit counts only relative to the logits of the other side.

Adding a constant to every logit changes nothing, and the generator's loss also falls with the score
of real examples, so both players read both logits. Means are over the global batch.

Source: Jolicoeur-Martineau 2018, https://arxiv.org/abs/1807.00734: RSGAN (`relativistic`) and
RaSGAN (`relativistic_average`, whose means are the `relativistic` losses of TF-GAN).
"""

import tensorflow as tf

from tfgan import replicas
from tfgan.losses.adversarial import AdversarialLoss, float32_logits


def relativistic() -> AdversarialLoss:
    """RpGAN: every real example is compared with the fake at its index in the batch."""
    return AdversarialLoss(
        relativistic_discriminator_loss, relativistic_generator_loss, relativistic=True
    )


def relativistic_average() -> AdversarialLoss:
    """RaGAN: every example is compared with the average of the other side."""
    return AdversarialLoss(
        relativistic_average_discriminator_loss,
        relativistic_average_generator_loss,
        relativistic=True,
    )


def relativistic_discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-log sigma(D(x) - D(G(z))), which is ln 2 for a discriminator at chance."""
    real, fake = float32_logits(real_logits, fake_logits)
    return tf.nn.softplus(fake - real)


def relativistic_generator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """-log sigma(D(G(z)) - D(x))."""
    real, fake = float32_logits(real_logits, fake_logits)
    return tf.nn.softplus(real - fake)


def relativistic_average_discriminator_loss(
    real_logits: tf.Tensor, fake_logits: tf.Tensor
) -> tf.Tensor:
    """-log sigma(D(x) - mean D(G(z))) - log sigma(mean D(x) - D(G(z)))."""
    real, fake = float32_logits(real_logits, fake_logits)
    return _relative_to_mean(favored=real, other=fake)


def relativistic_average_generator_loss(
    real_logits: tf.Tensor, fake_logits: tf.Tensor
) -> tf.Tensor:
    """-log sigma(D(G(z)) - mean D(x)) - log sigma(mean D(G(z)) - D(x))."""
    real, fake = float32_logits(real_logits, fake_logits)
    return _relative_to_mean(favored=fake, other=real)


def _relative_to_mean(favored: tf.Tensor, other: tf.Tensor) -> tf.Tensor:
    mean_favored, mean_other = replicas.mean(
        [tf.reduce_mean(favored), tf.reduce_mean(other)], of="The relativistic average loss"
    )
    return tf.nn.softplus(mean_other - favored) + tf.nn.softplus(other - mean_favored)
