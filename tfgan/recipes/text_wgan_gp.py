"""Texts by WGAN-GP: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, section 5.5.

tfgan train --recipe=text_wgan_gp
tfgan train --recipe=text_wgan_gp --data=toy:paragraphs
tfgan train --recipe=text_wgan_gp --data=text:FILE
tfgan train --recipe=text_wgan_gp --set=loss=non_saturating --set=discriminator_steps=1
"""

from typing import Literal

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import text
from tfgan.recipes import Recipe

LOSSES = {"wasserstein": losses.wasserstein, "non_saturating": losses.non_saturating}


def recipe(
    *,
    loss: Literal[tuple(LOSSES)] = "wasserstein",
    batch_size=64,
    steps=1500,
    latent_dim=128,
    width=64,
    depth=2,
    learning_rate=4e-4,
    beta_1=0.5,
    beta_2=0.9,
    penalty_weight=10.0,
    discriminator_steps=5,
    average_half_life=10_000.0,
) -> Recipe:
    """Residual convolutions along the text, a distribution over the symbols at each place.

    The penalty belongs to the Wasserstein loss; the non-saturating one trains without.
    """

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1, beta_2)

    def build(spec, seed=0):
        model = GAN(
            text.generator(spec.shape, latent_dim, width=width, depth=depth),
            text.discriminator(spec.shape, width=width, depth=depth),
            prior=priors.Normal(latent_dim),
            symbols=spec.symbols,
        )
        penalty = penalties.Penalty(penalties.wasserstein_gradient_penalty, penalty_weight)
        model.compile(
            loss=LOSSES[loss](),
            penalties=[penalty] if loss == "wasserstein" else [],
            generator_optimizer=adam(),
            discriminator_optimizer=adam(),
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:sentences", batch_size=batch_size, steps=steps)
