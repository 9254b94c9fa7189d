"""GAN: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661.

tfgan train --recipe=gan
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import mlp
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=100,
    steps=6000,
    latent_dim=100,
    generator_width=1200,
    discriminator_width=240,
    learning_rate=0.1,
    momentum=0.5,
    decay_steps=40_000,
    discriminator_steps=1,
    average_half_life=10_000.0,
) -> Recipe:
    """Dense networks: ReLU in the generator, maxout and dropout in the discriminator, SGD."""

    def sgd():
        schedule = keras.optimizers.schedules.ExponentialDecay(learning_rate, decay_steps, 0.1)
        return keras.optimizers.SGD(schedule, momentum)

    def small(scale):
        return keras.initializers.RandomUniform(-scale, scale)

    def build(spec, seed=0):
        model = GAN(
            mlp.generator(
                spec.shape,
                latent_dim,
                widths=(generator_width, generator_width),
                kernel_initializer=small(0.05),
            ),
            mlp.discriminator(
                spec.shape,
                widths=(discriminator_width, discriminator_width),
                pieces=5,
                input_dropout=0.2,
                hidden_dropout=0.5,
                kernel_initializer=small(0.005),
            ),
            prior=priors.Uniform(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(),
            generator_optimizer=sgd(),
            discriminator_optimizer=sgd(),
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
