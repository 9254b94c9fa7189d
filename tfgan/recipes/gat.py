"""GAT: Hyun et al. 2025, https://arxiv.org/abs/2509.24935.

    tfgan train --recipe=gat
    tfgan train --recipe=gat --preset=latents32_s --data='arrays:FILE.npz#kind=latents'

Transformers on patches in both players, the relativistic pairing loss, and penalties at real
examples and at fakes to first order, without a second derivative. The learning rate is that of the
width 768, and inversely proportional to the width. Labels are inputs of both players, if the data
have any.

Measured (mnist5k, seed 0, 1,000 steps, 155 s of CPU time of all threads): fd_digits 13.92 of 5,000
samples, of which 34.8 % show their label. The large presets have not been trained.
Differs: images of inner blocks at several levels of noise, the alignment with features of a
pretrained network, and the paper's augmentation are left out; the discriminator's features are a
mean over the places. In the preset "cpu" both players take one step on the same fakes, with six
times the weight of the penalties, on a quarter of the batch.
"""

import keras

from tfgan import losses, priors, terms
from tfgan.models import GAN
from tfgan.networks import gat
from tfgan.recipes import Recipe

# The weight of the penalties is half of the paper's gamma, as in `r3gan`. 60 epochs of ImageNet,
# and a running average whose decay is 0.999 per step, as a half-life.
PRESETS = {
    "cpu": {},
    "latents32_s": {
        "batch_size": 512,
        "steps": 150_000,
        "width": 384,
        "depth": 12,
        "heads": 6,
        "patch": 2,
        "learning_rate": 2e-4,
        "penalty_weight": 0.05,
        "penalty_share": 1.0,
        "average_half_life": 355_000.0,
        "simultaneous": False,
    },
    "latents32_b": {
        "batch_size": 512,
        "steps": 150_000,
        "width": 768,
        "depth": 12,
        "heads": 12,
        "patch": 2,
        "learning_rate": 2e-4,
        "penalty_weight": 0.05,
        "penalty_share": 1.0,
        "average_half_life": 355_000.0,
        "simultaneous": False,
    },
    "latents32_l": {
        "batch_size": 512,
        "steps": 150_000,
        "width": 1024,
        "depth": 24,
        "heads": 16,
        "patch": 2,
        "learning_rate": 2e-4,
        "penalty_weight": 0.05,
        "penalty_share": 1.0,
        "average_half_life": 355_000.0,
        "simultaneous": False,
    },
    "latents32_xl": {
        "batch_size": 512,
        "steps": 150_000,
        "width": 1152,
        "depth": 28,
        "heads": 16,
        "patch": 2,
        "learning_rate": 2e-4,
        "penalty_weight": 0.05,
        "penalty_share": 1.0,
        "average_half_life": 355_000.0,
        "simultaneous": False,
    },
}

_WIDTH = 768  # of the networks whose rate is `learning_rate`


def recipe(
    *,
    batch_size=32,
    steps=1000,
    latent_dim=64,
    width=48,
    depth=3,
    heads=4,
    patch=4,
    learning_rate=2e-4,
    beta_2=0.99,
    penalty_weight=0.3,
    penalty_share=0.25,
    average_half_life=2000.0,
    simultaneous=True,
) -> Recipe:
    """Two transformers of about the same size."""

    def adam():
        rate = learning_rate * _WIDTH / width
        return keras.optimizers.Adam(rate, 0.0, beta_2, epsilon=1e-8, global_clipnorm=1.0)

    def penalty(function):
        return terms.Term(function, "discriminator", penalty_weight, share=penalty_share)

    def build(spec, seed=0):
        classes = spec.classes or None
        sizes = {"width": width, "depth": depth, "heads": heads, "patch": patch}
        model = GAN(
            gat.generator(spec.shape, latent_dim, classes=classes, modality=spec.modality, **sizes),
            gat.discriminator(spec.shape, classes=classes, **sizes),
            prior=priors.Normal(latent_dim),
            classes=classes,
            modality=spec.modality,
        )
        model.compile(
            loss=losses.relativistic(),
            optimizers={"generator": adam(), "discriminator": adam()},
            terms=[penalty(terms.approximate_r1), penalty(terms.approximate_r2)],
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
