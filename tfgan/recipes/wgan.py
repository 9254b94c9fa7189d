"""WGAN: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Algorithm 1.

tfgan train --recipe=wgan
"""

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=2000,
    latent_dim=100,
    width=32,
    learning_rate=5e-5,
    clip=0.01,
    discriminator_steps=5,
    average_half_life=10_000.0,
) -> Recipe:
    """DCGAN's networks; a critic whose weights are clipped, RMSProp, five critic steps."""

    def rmsprop():
        return keras.optimizers.RMSprop(learning_rate, epsilon=1e-8)

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width),
            dcgan.discriminator(
                spec.shape, width=width, kernel_constraint=penalties.ClipWeights(clip)
            ),
            prior=priors.Normal(latent_dim),
        )
        model.compile(
            loss=losses.wasserstein(),
            generator_optimizer=rmsprop(),
            discriminator_optimizer=rmsprop(),
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
