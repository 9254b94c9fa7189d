"""DCGAN: Radford et al. 2016, https://arxiv.org/abs/1511.06434.

    tfgan train --recipe=dcgan

Measured (mnist5k, seed 0, 6,000 steps of 64, 31 ms per step on 2 idle cores with AVX2): fd_digits
2.50. The defaults were chosen by `tfgan benchmark --what=quality`, fd_digits of 10,000 samples
after equal times on 2 cores:

                                                  60 s            120 s           240 s
    DCGAN's own, seeds 0 1 2                      10.68 +- 0.46   8.22 +- 0.22
    batch 16, seed 0                              3.56            3.61            3.25
    batch 32, seed 0                              3.42            3.31            2.94
    batch 64 (the default), seed 0                3.92            2.93            2.29
    batch 64, seeds 1 2, 17 % fewer steps         4.06 +- 0.24    3.09 +- 0.36    2.74 +- 0.38
    batch 64, alternating, rate 5e-4, seed 0      4.17            3.33            2.97
    recipe rpgan, seed 0                          5.71            4.45            3.80

"DCGAN's own" is a width of 64, batches of 64, alternating steps, a rate of 2e-4 and no average. The
paper has no result for MNIST without labels.
Differs: 32 filters instead of at least 64, batches of 64 instead of 128, kernels of 4 instead of 5,
a rate of 1e-3 instead of 2e-4, simultaneous updates, a running average of the generator.
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=6000,
    latent_dim=100,
    width=32,
    learning_rate=1e-3,
    beta_1=0.5,
    real_target=1.0,
    discriminator_steps=1,
    simultaneous=True,
    average_half_life=20_000.0,
) -> Recipe:
    """Strided convolutions and batch normalization in both networks, Adam, non-saturating loss."""

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            dcgan.discriminator(spec.shape, width=width),
            prior=priors.Uniform(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.non_saturating(real_target=real_target),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(learning_rate, beta_1),
            },
            discriminator_steps=discriminator_steps,
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
