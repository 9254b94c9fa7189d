"""Mixtures of Gaussians in the plane: how many modes does a GAN find?

    tfgan train --recipe=mixture --data=toy:grid
    tfgan train --recipe=mixture --data=toy:grid --set=r1_start=0 --set=r1_end=0

The toy data of Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, section 5 and appendix:
8 Gaussians on a ring, 25 on a grid, a Swiss roll.
"""

from typing import Literal

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.recipes import Recipe

LOSSES = {
    "minimax": losses.minimax,
    "non_saturating": losses.non_saturating,
    "maximum_likelihood": losses.maximum_likelihood,
    "least_squares": losses.least_squares,
    "wasserstein": losses.wasserstein,
    "hinge": losses.hinge,
    "relativistic": losses.relativistic,
    "relativistic_average": losses.relativistic_average,
}


def recipe(
    *,
    loss: Literal[tuple(LOSSES)] = "non_saturating",
    batch_size=256,
    steps=12_000,
    latent_dim=2,
    width=128,
    depth=3,
    learning_rate=1e-3,
    decay_steps=12_000,
    r1_start=0.1,
    r1_end=1e-4,
    average_half_life=10_000.0,
) -> Recipe:
    """Two small networks; learning rates and the penalty follow a cosine over `decay_steps`."""

    def cosine(start, end=0.0):
        return keras.optimizers.schedules.CosineDecay(start, decay_steps, alpha=end / start)

    def adam():
        return keras.optimizers.Adam(cosine(learning_rate), beta_1=0.0, beta_2=0.99, epsilon=1e-8)

    def build(spec, seed=0):
        model = GAN(
            mlp.generator(spec.shape, latent_dim, widths=(width,) * depth),
            mlp.discriminator(spec.shape, widths=(width,) * depth, activation="relu"),
            prior=priors.Normal(latent_dim),
        )
        r1 = [penalties.Penalty(penalties.r1, cosine(r1_start, r1_end))] if r1_start else []
        model.compile(
            loss=LOSSES[loss](),
            generator_optimizer=adam(),
            discriminator_optimizer=adam(),
            penalties=r1,
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=True,  # small dense layers gain from XLA on every device
        )
        return model

    return Recipe(build=build, data="toy:ring", batch_size=batch_size, steps=steps)
