"""Projection discriminator: Miyato and Koyama 2018, https://arxiv.org/abs/1802.05637.

    tfgan train --recipe=projection

The label enters the discriminator as an inner product with its features, and the generator as the
gains and biases of conditional batch normalization.

Measured: no full run.
Differs: filters and blocks depend on the image's shape, one discriminator step instead of five, of
64 examples like the generator's, a running average of the generator.
"""

import keras

from tfgan import losses, priors, schedules
from tfgan.models import GAN
from tfgan.networks import resnet
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=3000,
    latent_dim=128,
    width=32,
    learning_rate=2e-4,
    discriminator_learning_rate=2e-4,
    decay_steps=0,
    beta_1=0.0,
    beta_2=0.9,
    discriminator_steps=1,
    average_half_life=10_000.0,
) -> Recipe:
    """SNGAN's residual networks with labels, and the hinge loss."""

    def adam(rate, updates=1):
        schedule = schedules.linear(rate, updates * (decay_steps or steps))
        return keras.optimizers.Adam(schedule, beta_1, beta_2)

    def build(spec, seed=0):
        if not spec.classes:
            raise ValueError("projection needs labels; the data has none.")
        sizes = {"classes": spec.classes, "width": width}
        model = GAN(
            resnet.generator(
                spec.shape, latent_dim, class_norm=True, modality=spec.modality, **sizes
            ),
            resnet.discriminator(spec.shape, normalization="spectral", **sizes),
            prior=priors.Normal(latent_dim),
            classes=spec.classes,
            modality=spec.modality,
        )
        model.compile(
            loss=losses.hinge(),
            optimizers={
                "generator": adam(learning_rate),
                "discriminator": adam(discriminator_learning_rate, discriminator_steps),
            },
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
