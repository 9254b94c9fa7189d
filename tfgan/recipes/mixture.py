r"""Mixtures of Gaussians: the modes that a GAN covers. R1 of https://arxiv.org/abs/1801.04406.

    tfgan train --recipe=mixture
    tfgan train --recipe=mixture --set=r1_weight=0
    tfgan train --recipe=mixture --data=toy:ring --set=r1_weight=0 --set=learning_rate=1e-3 \
        --set=discriminator_learning_rate=1e-3

The second command is the plain non-saturating GAN. Data as in https://arxiv.org/abs/1704.00028.

Measured (`pytest -m slow -s -n 0 tests/learning_test.py`; 2,500 samples of the running average;
high quality is within 3 standard deviations of a center, at most 98.9 %):

  data, seeds 0 1 2               modes        high quality         reverse KL
  ring, plain, lr 1e-3, 6,000     8  8  8      98.4  97.0  97.8 %   0.014   0.007   0.020
  grid, plain, 12,000 steps       21 15 14     96.0  95.8  96.9 %   0.476   0.668   0.726
  grid, with R1, 12,000 steps     25 25 25     97.0  96.3  97.2 %   0.0044  0.0038  0.0036

Other ways to more modes are parameters: `pack=2` (the discriminator judges two examples together,
PacGAN), `minibatch_features=8` (minibatch discrimination) and `unrolled_steps` (the generator
anticipates discriminator steps). The plain game of the grid, and with them (`tfgan train
--recipe=mixture --set=r1_weight=0 --seed=SEED`, `tfgan evaluate --metrics=modes --count=2500`):

  added, seeds 0 1 2              modes        high quality         reverse KL
  nothing                         17 18 18     94.9  97.2  96.6 %   0.779   0.630   0.472
  pack=2                          19 20 23     90.0  90.6  92.2 %   0.334   0.566   0.174
  minibatch_features=8            22 23 21     85.8  91.8  86.2 %   0.743   0.362   0.618

The same with `learning_rate=1e-3` and a slower discriminator, `discriminator_learning_rate` D:

  D 1e-4                          22 23 25     44.6  38.6  49.9 %   0.310   0.347   0.144
  D 1e-4, unrolled_steps=5        24 25 24     45.9  43.7  50.6 %   0.318   0.388   0.345
  D 3e-4                          25 25 25     78.8  67.6  82.7 %   0.042   0.102   0.027
  D 3e-4, unrolled_steps=5        17           91.2                 0.854

With both rates at 2e-3 `unrolled_steps=1` has 1 mode after 7,000 steps, seed 0.

The best published result on the grid, PacGAN4, has 24.8 modes and 93.6 %
(https://arxiv.org/abs/1712.04086, another network, 10 runs).
"""

from typing import Literal

import keras

from tfgan import losses, penalties, priors, schedules
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.recipes import Recipe


def recipe(
    *,
    loss: Literal[
        "minimax",
        "non_saturating",
        "maximum_likelihood",
        "least_squares",
        "wasserstein",
        "hinge",
        "relativistic",
        "relativistic_average",
    ] = "non_saturating",
    batch_size=256,
    steps=12_000,
    latent_dim=2,
    width=128,
    depth=3,
    learning_rate=2e-3,
    discriminator_learning_rate=2e-3,
    decay_steps=0,
    r1_weight=0.1,
    r1_final_weight=1e-4,
    r1_decay_steps=0,
    average_half_life=10_000.0,
    pack=1,
    minibatch_features=0,
    unrolled_steps=0,
) -> Recipe:
    """Two small networks; the rates fall to 0, and R1 in half the run to its final weight."""

    def adam(rate):
        schedule = schedules.cosine(rate, decay_steps or steps)
        return keras.optimizers.Adam(schedule, beta_1=0.0, beta_2=0.99, epsilon=1e-8)

    def r1():
        span = r1_decay_steps or steps // 2
        weight = schedules.cosine(r1_weight, span, r1_final_weight / r1_weight)
        return penalties.Penalty(penalties.r1, weight)

    def build(spec, seed=0):
        model = GAN(
            mlp.generator(spec.shape, latent_dim, widths=(width,) * depth, modality=spec.modality),
            mlp.discriminator(
                spec.shape,
                widths=(width,) * depth,
                activation="relu",
                packing=pack,
                minibatch_features=minibatch_features,
            ),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=getattr(losses, loss)(),
            optimizers={
                "generator": adam(learning_rate),
                "discriminator": adam(discriminator_learning_rate),
            },
            penalties=[r1()] if r1_weight else [],
            unrolled_steps=unrolled_steps,
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=True,  # small dense layers gain from XLA on every device
        )
        return model

    return Recipe(build=build, data="toy:grid", batch_size=batch_size, steps=steps)
