"""VGAN, for videos: Vondrick et al. 2016, https://arxiv.org/abs/1609.02612.

    tfgan train --recipe=vgan
    tfgan train --recipe=vgan --data=arrays:FILE.npz
    tfgan evaluate --workdir=runs/vgan-toy-bouncing

Measured (seed 0, 418 CPU seconds; against 5,000 videos of `toy:bouncing`):

  metric              10,000 samples   500 samples   500 real
  fd_changes          1.24             1.59          0.587
  fd_frames           0.107            0.120         0.015

Most samples are one blob that moves straight; about a quarter is empty; few have the corners of a
square or a triangle. The paper: 32 frames of 64 x 64 from millions of clips, rated by people.
Differs: small networks; simultaneous updates; a discriminator five times slower than the generator,
with real examples at 0.9; no sparsity penalty on the mask; a running average.
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

    def build(spec, seed=0):
        model = GAN(
            vgan.generator(spec.shape, latent_dim, width=width),
            vgan.discriminator(spec.shape, width=width),
            prior=priors.Normal(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(real_target=real_target),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(discriminator_learning_rate, beta_1),
            },
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:bouncing", batch_size=batch_size, steps=steps)
