"""InfoGAN: Chen et al. 2016, https://arxiv.org/abs/1606.03657.

tfgan train --recipe=infogan
"""

import functools

import keras

from tfgan import losses, priors, terms
from tfgan.models import GAN
from tfgan.networks import infogan
from tfgan.recipes import Recipe


def recipe(
    *,
    clusters=10,
    continuous_dim=2,
    learned_scale=False,
    information_weight=1.0,
    continuous_weight=0.1,
    batch_size=64,
    steps=3000,
    latent_dim=62,
    width=32,
    dense_width=256,
    head_width=128,
    learning_rate=1e-3,
    discriminator_learning_rate=2e-4,
    beta_1=0.5,
    average_half_life=20_000.0,
) -> Recipe:
    """Latents, a categorical code and continuous codes; Q on the discriminator's features."""
    information = [
        (terms.categorical_information, information_weight),
        (
            functools.partial(
                terms.gaussian_information,
                code="continuous",
                scale="continuous_scale" if learned_scale else None,
            ),
            continuous_weight,
        ),
    ]

    def build(spec, seed=0):
        sizes = {"latent": latent_dim, "code": clusters, "continuous": continuous_dim}
        heads = {"code": clusters, "continuous": continuous_dim}
        heads |= {"continuous_scale": continuous_dim} if learned_scale else {}
        model = GAN(
            infogan.generator(
                spec.shape, sizes, width=width, dense_width=dense_width, modality=spec.modality
            ),
            infogan.discriminator(
                spec.shape, heads, width=width, dense_width=dense_width, head_width=head_width
            ),
            prior=priors.Joint(
                [
                    priors.Uniform(latent_dim),
                    priors.Categorical(clusters),
                    priors.Uniform(continuous_dim, name="continuous"),
                ]
            ),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.non_saturating(),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(discriminator_learning_rate, beta_1),
            },
            terms=[
                terms.Term(function, player, weight)
                for function, weight in information
                for player in terms.PLAYERS
            ],
            simultaneous=True,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
