"""RpGAN with R1 and R2: the loss of R3GAN, Huang et al. 2024, https://arxiv.org/abs/2501.05441.

    tfgan train --recipe=rpgan

Each real example is paired with one fake, and gradient penalties apply at real examples and at
fakes: a loss with proven local convergence.

Measured (mnist5k, seed 0; fd_digits of 10,000 samples after equal times on 2 cores, 7,878 steps;
`tfgan benchmark --what=quality`):

                60 s    120 s   240 s
    rpgan       5.71    4.45    3.80
    dcgan       3.92    2.93    2.29

Second derivatives take two thirds of the time of a step.
Differs: DCGAN's networks, without normalization in the discriminator, instead of residual ones;
constant learning rate and penalty weights.
"""

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=32,
    steps=4000,
    latent_dim=100,
    width=32,
    learning_rate=5e-4,
    beta_1=0.0,
    beta_2=0.99,
    r1_weight=0.1,
    r2_weight=0.1,
    simultaneous=True,
    average_half_life=20_000.0,
) -> Recipe:
    """DCGAN's networks, the relativistic pairing loss, zero-centered penalties on both sides."""

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1, beta_2)

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            dcgan.discriminator(spec.shape, width=width, normalization=None),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        r1 = penalties.Penalty(penalties.r1, r1_weight)
        r2 = penalties.Penalty(penalties.r2, r2_weight)
        model.compile(
            loss=losses.relativistic(),
            optimizers={"generator": adam(), "discriminator": adam()},
            penalties=[r1, r2],
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
