"""GAN: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661.

    tfgan train --recipe=gan

The networks of the paper's MNIST experiment.

Measured (mnist5k, seed 0): it collapses; after 1,500 steps nearly all samples are the same "1". At
the paper's learning rate of 0.1 the generator fails outright. Use `dcgan` for few images. The
paper: a Parzen-window log-likelihood of 225 nats, with 50,000 images.
Differs: images in [-1, 1] and tanh instead of [0, 1] and a sigmoid, a learning rate of 0.01 instead
of 0.1, a constant momentum of 0.5, dropout that scales in training, a bound on the norm of the
discriminator's columns as in the authors' settings (also of its biases), a running average.
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
    learning_rate=0.01,
    momentum=0.5,
    decay_steps=40_000,
    max_norm=1.9365,
    discriminator_steps=1,
    average_half_life=10_000.0,
) -> Recipe:
    """Dense networks: ReLU in the generator, maxout and dropout in the discriminator, SGD."""

    def sgd(updates=1):
        span = updates * (decay_steps or max(1, steps))
        schedule = keras.optimizers.schedules.ExponentialDecay(learning_rate, span, 0.1)
        return keras.optimizers.SGD(schedule, momentum)

    def small(scale):
        return keras.initializers.RandomUniform(-scale, scale)

    def build(spec, seed=0):
        model = GAN(
            mlp.generator(
                spec.shape,
                latent_dim,
                widths=(generator_width, generator_width),
                modality=spec.modality,
                kernel_initializer=small(0.05),
            ),
            mlp.discriminator(
                spec.shape,
                widths=(discriminator_width, discriminator_width),
                pieces=5,
                input_dropout=0.2,
                hidden_dropout=0.5,
                kernel_initializer=small(0.005),
                kernel_constraint=keras.constraints.MaxNorm(max_norm, axis=0),
            ),
            prior=priors.Uniform(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.non_saturating(),
            optimizers={"generator": sgd(), "discriminator": sgd(discriminator_steps)},
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
