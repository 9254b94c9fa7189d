"""StyleGAN2: Karras et al. 2020, https://arxiv.org/abs/1912.04958.

    tfgan train --recipe=stylegan2
    tfgan train --recipe=stylegan2 --preset=photos256 --data=images:photos --image_size=256

docs/stylegan2.md is about the presets, truncation, noise and style mixing.

Measured (mnist5k, seed 0, 3,000 steps, 449 s of CPU time of all threads; 2,000 samples): fd_digits
5.16, recall 0.15. In runs of 1,500 steps it is 12.9, with half the rate 14.4; at 32x32 pixels and
half the rate 12.0, and 16.1 with style mixing of 0.9 and a path length weight of 2, which are 0 by
default. The large presets have not been trained.
Differs: lazy terms are added to the loss of the step in which they are due, without steps and
decays of their own; the running mean of path lengths is corrected for its start; groups of
consecutive examples in the minibatch deviation; by default small networks, and a much larger weight
of R1, for a run of minutes on a CPU.
"""

import keras

from tfgan import losses, penalties, priors
from tfgan import terms as game_terms
from tfgan.models import GAN
from tfgan.networks import stylegan2
from tfgan.recipes import Recipe

PRESETS = {
    "cpu": {},
    "cifar10": {
        "batch_size": 64, "steps": 1_562_500, "latent_dim": 512, "width": 512,
        "max_width": 512, "mapping_layers": 2, "residual": False, "group_size": 32,
        "style_mixing": 0.0, "learning_rate": 2.5e-3, "r1_weight": 0.005,
        "path_length_weight": 0.0, "average_half_life": 500_000.0,
    },
    "photos64": {
        "batch_size": 64, "steps": 390_625, "latent_dim": 512, "width": 256, "max_width": 512,
        "mapping_layers": 2, "learning_rate": 2.5e-3, "r1_weight": 0.0064,
        "style_mixing": 0.9, "path_length_weight": 2.0,
        "average_half_life": 20_000.0,
    },
    "photos128": {
        "batch_size": 64, "steps": 390_625, "latent_dim": 512, "width": 128, "max_width": 512,
        "mapping_layers": 2, "learning_rate": 2.5e-3, "r1_weight": 0.0256,
        "style_mixing": 0.9, "path_length_weight": 2.0,
        "average_half_life": 20_000.0,
    },
    "photos256": {
        "batch_size": 64, "steps": 390_625, "latent_dim": 512, "width": 64, "max_width": 512,
        "mapping_layers": 8, "group_size": 8, "learning_rate": 2.5e-3, "r1_weight": 0.5,
        "style_mixing": 0.9, "path_length_weight": 2.0,
        "average_half_life": 20_000.0,
    },
    "photos512": {
        "batch_size": 64, "steps": 390_625, "latent_dim": 512, "width": 64, "max_width": 512,
        "mapping_layers": 8, "group_size": 8, "learning_rate": 2.5e-3, "r1_weight": 0.25,
        "style_mixing": 0.9, "path_length_weight": 2.0,
        "average_half_life": 20_000.0,
    },
    "photos1024": {
        "batch_size": 32, "steps": 781_250, "latent_dim": 512, "width": 32, "max_width": 512,
        "mapping_layers": 8, "learning_rate": 2e-3, "r1_weight": 1.0,
        "style_mixing": 0.9, "path_length_weight": 2.0,
        "average_half_life": 10_000.0,
    },
}  # fmt: skip


def recipe(
    *,
    batch_size=32,
    steps=3000,
    latent_dim=64,
    width=16,
    max_width=64,
    mapping_layers=2,
    residual=True,
    group_size=4,
    labels=False,
    style_mixing=0.0,
    learning_rate=1e-2,
    beta_1=0.0,
    beta_2=0.99,
    r1_weight=1.0,
    r1_every=16,
    path_length_weight=0.0,
    path_length_every=4,
    average_half_life=5000.0,
) -> Recipe:
    """StyleGAN2's networks, the non-saturating loss, lazy R1 and path length regularization."""

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1, beta_2, epsilon=1e-8)

    def build(spec, seed=0):
        if labels and not spec.classes:
            raise ValueError("labels=True needs labels; the data has none.")
        sizes = {
            "classes": spec.classes if labels else None,
            "width": width,
            "max_width": max(width, max_width),
        }
        model = GAN(
            stylegan2.generator(
                spec.shape,
                latent_dim,
                mapping_layers=mapping_layers,
                style_mixing=style_mixing,
                modality=spec.modality,
                **sizes,
            ),
            stylegan2.discriminator(spec.shape, residual=residual, group_size=group_size, **sizes),
            prior=priors.Joint(
                [priors.Sphere(latent_dim), priors.Noise(), priors.StyleTruncation()]
            ),
            classes=sizes["classes"],
            modality=spec.modality,
        )
        r1 = penalties.Penalty(penalties.r1, r1_weight, every=r1_every)
        model.compile(
            loss=losses.non_saturating(),
            optimizers={"generator": adam(), "discriminator": adam()},
            penalties=[r1],
            terms=_terms(),
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    def _terms():
        if not path_length_weight:
            return []
        term = game_terms.Term(
            game_terms.PathLength(),
            "generator",
            path_length_weight,
            every=path_length_every,
            share=0.5,
        )
        return [term]

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
