"""SAGAN: Zhang et al. 2018, https://arxiv.org/abs/1805.08318.

    tfgan train --recipe=sagan
    tfgan train --recipe=sagan --preset=imagenet128 --data=tfds:imagenet2012

Self-attention and spectral normalization in both players, the label in the norms of the generator
and by projection in the discriminator, the hinge loss, and a discriminator that learns four times
as fast as the generator.

Measured (mnist5k, seed 0, 1,500 steps, 318 s of CPU time of all threads; 2,000 samples): fd_digits
2.76, 98.8 % of the samples show their label (held-out digits: 98.6 %), diversity within classes
0.75 (held-out digits: 1.00). The large preset has not been trained.
Differs: filters and blocks depend on the image's shape; rates of 5e-4 and 2e-3 instead of 1e-4 and
4e-4, which fall to 0, for a run this short; a running average of the generator. Data without labels
have neither the tables of gains nor the projection.
"""

import keras

from tfgan import losses, priors, schedules
from tfgan.models import GAN
from tfgan.networks import sagan
from tfgan.recipes import Recipe

PRESETS = {
    "cpu": {},
    "imagenet128": {
        "width": 64,
        "batch_size": 256,
        "steps": 1_000_000,
        "learning_rate": 1e-4,
        "discriminator_learning_rate": 4e-4,
        "learning_rate_schedule": "constant",
        "beta_2": 0.9,
    },
}


def recipe(
    *,
    batch_size=64,
    steps=2000,
    latent_dim=128,
    width=16,
    learning_rate=5e-4,
    discriminator_learning_rate=2e-3,
    decay_steps=0,
    beta_1=0.0,
    beta_2=0.99,
    discriminator_steps=1,
    average_half_life=10_000.0,
) -> Recipe:
    """Residual networks with self-attention, and the hinge loss."""

    def adam(rate, updates=1):
        schedule = schedules.linear(rate, updates * (decay_steps or steps))
        return keras.optimizers.Adam(schedule, beta_1, beta_2)

    def build(spec, seed=0):
        sizes = {"classes": spec.classes or None, "width": width}
        model = GAN(
            sagan.generator(spec.shape, latent_dim, modality=spec.modality, **sizes),
            sagan.discriminator(spec.shape, **sizes),
            prior=priors.Normal(latent_dim),
            classes=spec.classes or None,
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
