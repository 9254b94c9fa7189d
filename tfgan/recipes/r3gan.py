"""R3GAN: Huang et al. 2024, https://arxiv.org/abs/2501.05441.

    tfgan train --recipe=r3gan
    tfgan train --recipe=r3gan --preset=cifar10 --data=tfds:cifar10

Residual networks without normalization, the relativistic pairing loss, zero-centered penalties at
real examples and at fakes. Learning rate, weight of the penalties, Adam's beta_2 and the half-life
of the running average move along a cosine in the first `burn_in_kimg` examples, and then stay.
"""

from tfgan import losses, penalties, priors, schedules
from tfgan.models import GAN, scheduled_adam
from tfgan.networks import r3gan
from tfgan.recipes import Recipe

# The weights are half of the paper's gamma, as the penalties here are without the factor 1 / 2.
PRESETS = {
    "cpu": {},
    "stacked_mnist": {
        "batch_size": 512,
        "steps": 19_500,
        "latent_dim": 64,
        "width": 768,
        "depth": 2,
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
    learning_rate=2e-3,
    final_learning_rate=5e-4,
    beta_2=0.9,
    final_beta_2=0.99,
    penalty_weight=0.5,
    final_penalty_weight=0.05,
    penalty_share=0.25,
    burn_in_kimg=0.0,
    average_half_life=20_000.0,
    simultaneous=True,
    conditional=False,
) -> Recipe:
    """Two residual networks of about the same size."""
    kimg = burn_in_kimg or batch_size * steps / 5000

    def moving(first, last):
        return schedules.burn_in(first, last, kimg, batch_size)

    def adam():
        return scheduled_adam.ScheduledAdam(
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
            loss=losses.relativistic(),
            optimizers={"generator": adam(), "discriminator": adam()},
            penalties=[penalty(penalties.r1), penalty(penalties.r2)],
            simultaneous=simultaneous,
            average_half_life=moving(0.0, average_half_life),
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
