"""WGAN-GP: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, Algorithm 1.

    tfgan train --recipe=wgan_gp

Measured: no full run; 1,000 steps are a start, the paper trains for 200,000.
Differs: the networks of the recipe `dcgan` without batch normalization in the critic, and a running
average of the generator.
"""

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=1000,
    latent_dim=128,
    width=32,
    learning_rate=1e-4,
    beta_1=0.0,
    beta_2=0.9,
    penalty_weight=10.0,
    discriminator_steps=5,
    average_half_life=10_000.0,
) -> Recipe:
    """DCGAN's networks without batch normalization in the critic, gradient norms pulled to 1."""

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1, beta_2)

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            dcgan.discriminator(spec.shape, width=width, normalization=None),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.wasserstein(),
            penalties=[penalties.Penalty(penalties.wasserstein_gradient_penalty, penalty_weight)],
            optimizers={"generator": adam(), "discriminator": adam()},
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
