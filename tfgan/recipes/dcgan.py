"""DCGAN: Radford et al. 2016, https://arxiv.org/abs/1511.06434.

tfgan train --recipe=dcgan
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=4000,
    latent_dim=100,
    width=32,
    learning_rate=5e-4,
    beta_1=0.5,
    real_target=1.0,
    discriminator_steps=1,
    simultaneous=False,
    average_half_life=20_000.0,
) -> Recipe:
    """Strided convolutions and batch normalisation in both networks, Adam, non-saturating loss."""

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width),
            dcgan.discriminator(spec.shape, width=width),
            prior=priors.Uniform(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(real_target=real_target),
            generator_optimizer=keras.optimizers.Adam(learning_rate, beta_1),
            discriminator_optimizer=keras.optimizers.Adam(learning_rate, beta_1),
            discriminator_steps=discriminator_steps,
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
