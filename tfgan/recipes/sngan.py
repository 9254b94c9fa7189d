"""SNGAN: Miyato et al. 2018, https://arxiv.org/abs/1802.05957.

    tfgan train --recipe=sngan

Measured: no full run. Once the learning rate is 0 the spectral norm of every kernel is 1 within
1e-3 (`tests/recipes/lipschitz_test.py`).
Differs: filters and blocks depend on the image's shape, one discriminator step instead of five,
1,000 steps instead of 100,000, a running average of the generator.
"""

import keras

from tfgan import losses, priors, schedules
from tfgan.models import GAN
from tfgan.networks import resnet
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=1000,
    latent_dim=128,
    width=32,
    learning_rate=2e-4,
    decay_steps=0,
    beta_1=0.0,
    beta_2=0.9,
    discriminator_steps=1,
    average_half_life=10_000.0,
) -> Recipe:
    """Residual networks, spectral normalization in the discriminator, the hinge loss."""

    def adam(updates=1):
        schedule = schedules.linear(learning_rate, updates * (decay_steps or steps))
        return keras.optimizers.Adam(schedule, beta_1, beta_2)

    def build(spec, seed=0):
        model = GAN(
            resnet.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            resnet.discriminator(spec.shape, width=width, normalization="spectral"),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.hinge(),
            optimizers={"generator": adam(), "discriminator": adam(discriminator_steps)},
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
