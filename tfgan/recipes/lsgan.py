"""LSGAN: Mao et al. 2017, https://arxiv.org/abs/1611.04076.

    tfgan train --recipe=lsgan

Squared errors of the logits: the discriminator pulls real examples to `real_label` and fakes to
`fake_label`, the generator pulls fakes to `target_label`. (1, 0, 1) is the paper's practical
choice; (1, -1, 0) minimizes a Pearson chi-squared divergence.

Measured (mnist5k, seed 0, 3,000 steps of 64): digits like those of the recipe `dcgan`; not scored.
Differs: the networks of the recipe `dcgan`, a learning rate of 5e-4, a running average of the
generator.
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=3000,
    latent_dim=100,
    width=32,
    learning_rate=5e-4,
    beta_1=0.5,
    real_label=1.0,
    fake_label=0.0,
    target_label=1.0,
    average_half_life=20_000.0,
) -> Recipe:
    """DCGAN's networks on squared errors of the logits."""

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            dcgan.discriminator(spec.shape, width=width),
            prior=priors.Uniform(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.least_squares(real_label, fake_label, target_label),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(learning_rate, beta_1),
            },
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
