"""WGAN: Arjovsky et al. 2017, https://arxiv.org/abs/1701.07875, Algorithm 1.

    tfgan train --recipe=wgan

Minus `d_loss` estimates the earth mover's distance up to a factor.

Measured: no full run; with its small learning rate 2,000 steps are a start. All critic weights are
within the clipping bound after any number of steps (`tests/recipes/lipschitz_test.py`).
Differs: 32 filters, a running average of the generator, and not the 100 critic steps for each of
the first 25 updates in the authors' code, which Algorithm 1 does not have. Gains of the critic's
batch normalization are clipped too.
"""

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=2000,
    latent_dim=100,
    width=32,
    learning_rate=5e-5,
    clip=0.01,
    discriminator_steps=5,
    average_half_life=10_000.0,
) -> Recipe:
    """DCGAN's networks; a critic whose weights are clipped, RMSProp, five critic steps."""

    def rmsprop():
        return keras.optimizers.RMSprop(learning_rate, epsilon=1e-8)

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width, modality=spec.modality),
            dcgan.discriminator(
                spec.shape, width=width, kernel_constraint=penalties.ClipWeights(clip)
            ),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.wasserstein(),
            optimizers={"generator": rmsprop(), "discriminator": rmsprop()},
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
