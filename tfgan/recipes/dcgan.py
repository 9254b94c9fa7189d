"""DCGAN: Radford et al. 2016, https://arxiv.org/abs/1511.06434.

    tfgan train --recipe=dcgan

Strided convolutions and batch normalisation in both networks, Adam, the non-saturating loss; the
networks pass `dcgan.check_guidelines`.

Measured here: the command above (seed 0, 4,000 steps of 64, 256 kimg) took 195 s in all on 2 cores
with AVX2, 1,250 to 1,500 images/s; most of the 64 samples of its last grid are digits at a glance,
some are not digits. The paper has no figure for MNIST without labels.
Differs: 32 filters where the paper has 64 at least, batch 64 for 128, kernels of 4 for 5, a
learning rate of 5e-4 for 2e-4 because the run is short, a running average of the generator, and
5,000 images.
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=16,
    steps=8000,
    latent_dim=100,
    width=32,
    learning_rate=1e-3,
    beta_1=0.5,
    real_target=1.0,
    discriminator_steps=1,
    simultaneous=True,
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
