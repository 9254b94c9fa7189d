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
    steps=1500,
    latent_dim=100,
    width=16,
    learning_rate=1e-3,
    beta_1=0.5,
    simultaneous=True,
    average_half_life=10_000.0,
) -> Recipe:
    """A moving foreground before a standing background, both from one latent."""

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1)

    def build(spec, seed=0):
        model = GAN(
            vgan.generator(spec.shape, latent_dim, width=width),
            vgan.discriminator(spec.shape, width=width),
            prior=priors.Normal(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(),
            generator_optimizer=adam(),
            discriminator_optimizer=adam(),
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:bouncing", batch_size=batch_size, steps=steps)
