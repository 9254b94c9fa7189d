"""R3GAN: Huang et al. 2024, https://arxiv.org/abs/2501.05441.

    tfgan train --recipe=r3gan
    tfgan train --recipe=r3gan --preset=cifar10 --data=tfds:cifar10

Residual networks without normalization, the relativistic pairing loss, zero-centered penalties at
real examples and at fakes. Learning rate, weight of the penalties, Adam's beta_2 and the half-life
of the running average move along a cosine in the first `burn_in_kimg` examples, and then stay.

Measured (mnist5k, seed 0, 1,500 steps, about 250 s of CPU time of all threads; 2,000 samples):

    learning_rate  final_learning_rate  penalty_weight  fd_digits  recall
             2e-3                 5e-4             0.5       10.1    0.11
             2e-3                 5e-4             0.1       11.1    0.11
             4e-3                 1e-3             0.5        7.6    0.19  (the default)
             8e-3                 2e-3             0.5        7.6    0.28

The 4,000 steps of the default have not been run on digits; docs/equal_time.md has runs on other
data. A half-life of a few percent of the run is that of
the paper; a longer one lags behind: with 20,000 and a rate of 2e-3, fd_digits after 700 steps is
35.6 instead of 13.7. With penalties on a quarter of the batch a step takes 64 % of the time
(medians of 250 steps of both in turn), and fd_digits after 250 steps, at a rate of 2e-3, is 25.2,
27.9, 28.7 instead of 23.7, 27.9, 28.2 (seeds 0, 1, 2; a half-life of 1,000).
Differs: the generator's step has the real examples of the discriminator's, and in the preset "cpu"
is the same step, with penalties on a quarter of the batch; the paper's augmentation is left out.
"""

from typing import Literal

from tfgan import penalties, priors, schedules
from tfgan.models import GAN, ScheduledAdam
from tfgan.networks import r3gan
from tfgan.recipes import Recipe

# Weights are half of the paper's gamma: the penalties here are without its factor 1 / 2.
PRESETS = {
    "cpu": {},
    "stacked_mnist": {
        "batch_size": 512,
        "steps": 19_531,
        "width": 768,
        "max_width": 768,
        "depth": 2,
        "learning_rate": 2e-4,
        "final_learning_rate": 2e-4,
        "penalty_weight": 0.5,
        "final_penalty_weight": 0.05,
        "penalty_share": 1.0,
        "burn_in_kimg": 2000.0,
        "average_half_life": 500_000.0,
        "simultaneous": False,
    },
    "cifar10": {
        "batch_size": 512,
        "steps": 488_281,
        "width": 768,
        "max_width": 768,
        "depth": 2,
        "learning_rate": 2e-4,
        "final_learning_rate": 5e-5,
        "penalty_weight": 0.025,
        "final_penalty_weight": 0.0025,
        "penalty_share": 1.0,
        "burn_in_kimg": 20_000.0,
        "average_half_life": 5_000_000.0,
        "simultaneous": False,
        "conditional": True,
    },
    "ffhq64": {
        "batch_size": 256,
        "steps": 390_625,
        "width": 384,
        "max_width": 768,
        "depth": 2,
        "learning_rate": 2e-4,
        "final_learning_rate": 5e-5,
        "penalty_weight": 1.0,
        "final_penalty_weight": 0.1,
        "penalty_share": 1.0,
        "burn_in_kimg": 20_000.0,
        "average_half_life": 500_000.0,
        "simultaneous": False,
    },
    "ffhq256": {
        "batch_size": 256,
        "steps": 781_250,
        "width": 96,
        "max_width": 768,
        "depth": 2,
        "learning_rate": 2e-4,
        "final_learning_rate": 5e-5,
        "penalty_weight": 75.0,
        "final_penalty_weight": 7.5,
        "penalty_share": 1.0,
        "burn_in_kimg": 20_000.0,
        "average_half_life": 500_000.0,
        "simultaneous": False,
    },
    "imagenet32": {
        "batch_size": 4096,
        "steps": 244_141,
        "width": 1536,
        "max_width": 1536,
        "depth": 2,
        "group_width": 32,
        "learning_rate": 2e-4,
        "final_learning_rate": 5e-5,
        "penalty_weight": 0.25,
        "final_penalty_weight": 0.025,
        "penalty_share": 1.0,
        "burn_in_kimg": 200_000.0,
        "average_half_life": 50_000_000.0,
        "simultaneous": False,
        "conditional": True,
    },
    "imagenet64": {
        "batch_size": 4096,
        "steps": 244_141,
        "width": 1536,
        "max_width": 1536,
        "depth": 2,
        "group_width": 32,
        "learning_rate": 2e-4,
        "final_learning_rate": 5e-5,
        "penalty_weight": 0.5,
        "final_penalty_weight": 0.05,
        "penalty_share": 1.0,
        "burn_in_kimg": 200_000.0,
        "average_half_life": 50_000_000.0,
        "simultaneous": False,
        "conditional": True,
    },
}


def recipe(
    *,
    batch_size=32,
    steps=4000,
    latent_dim=64,
    width=16,
    max_width=64,
    depth=1,
    group_width=16,
    learning_rate=4e-3,
    final_learning_rate=1e-3,
    beta_2=0.9,
    final_beta_2=0.99,
    penalty_weight=0.5,
    final_penalty_weight=0.05,
    penalty_share=0.25,
    burn_in_kimg=0.0,
    average_half_life=5000.0,
    simultaneous=True,
    conditional=False,
    loss: Literal["relativistic", "non_saturating"] = "relativistic",
) -> Recipe:
    """Two residual networks of about the same size."""
    kimg = burn_in_kimg or batch_size * steps / 5000

    def moving(first, last):
        return schedules.burn_in(first, last, kimg, batch_size)

    def adam():
        return ScheduledAdam(
            moving(learning_rate, final_learning_rate),
            beta_1=0.0,
            beta_2=moving(beta_2, final_beta_2),
            epsilon=1e-8,
        )

    def penalty(function):
        weight = moving(penalty_weight, final_penalty_weight)
        return penalties.Penalty(function, weight, share=penalty_share)

    def build(spec, seed=0):
        classes = spec.classes if conditional else None
        sizes = {"width": width, "max_width": max_width, "depth": depth, "group_width": group_width}
        model = GAN(
            r3gan.generator(spec.shape, latent_dim, classes=classes, **sizes),
            r3gan.discriminator(spec.shape, classes=classes, **sizes),
            prior=priors.Normal(latent_dim),
            classes=classes,
            modality=spec.modality,
        )
        model.compile(
            loss=loss,
            optimizers={"generator": adam(), "discriminator": adam()},
            penalties=[penalty(penalties.r1), penalty(penalties.r2)],
            simultaneous=simultaneous,
            average_half_life=average_half_life and moving(0.0, average_half_life),
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
