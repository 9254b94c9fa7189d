"""VGAN, for videos: Vondrick et al. 2016, https://arxiv.org/abs/1609.02612.

tfgan train --recipe=vgan
tfgan train --recipe=vgan --data=arrays:FILE.npz
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import vgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=16,
    steps=2000,
    latent_dim=100,
    width=16,
    learning_rate=1e-3,
    discriminator_learning_rate=2e-4,
    beta_1=0.5,
    real_target=0.9,
    simultaneous=True,
    average_half_life=10_000.0,
) -> Recipe:
    """A moving foreground before a standing background, both from one latent."""

    def adam(rate):
        return keras.optimizers.Adam(rate, beta_1)

    def build(spec, seed=0):
        model = GAN(
            vgan.generator(spec.shape, latent_dim, width=width),
            vgan.discriminator(spec.shape, width=width),
            prior=priors.Normal(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(real_target=real_target),
            generator_optimizer=adam(learning_rate),
            discriminator_optimizer=adam(discriminator_learning_rate),
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:bouncing", batch_size=batch_size, steps=steps)
