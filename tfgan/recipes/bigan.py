"""BiGAN: Donahue et al. 2017, https://arxiv.org/abs/1605.09782.

    tfgan train --recipe=bigan

The game is also ALI, Dumoulin et al. 2017, https://arxiv.org/abs/1606.00704.

An encoder E is trained with the generator against a discriminator of pairs, (G(z), z) and
(x, E(x)). At the optimum E and G invert each other, although no loss compares an image with its
reconstruction: `run.generate({"latent": run.encode(images)})`.

Measured (mnist5k, 3,000 steps of 64, seed 0): of the reconstructions of 500 held-out digits 56.8 %
are classified as the same digit (chance 10 %), and their squared error is 0.48 of that to another
digit's reconstruction. fd_digits of 1,000 samples is 2.66 (held-out digits 0.67). A
nearest-neighbor test tells codes from the prior in 76 % of the cases (`--metrics=codes`; equal
distributions: 50 %).
Differs: convolutions of `dcgan`; spectral normalization of D; a running average of both networks.
"""

import keras

from tfgan import losses, priors, schedules
from tfgan.models import GAN
from tfgan.networks import bigan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=3000,
    decay_steps=0,
    latent_dim=20,
    width=32,
    dense_width=256,
    learning_rate=1e-3,
    discriminator_learning_rate=5e-4,
    beta_1=0.5,
    average_half_life=20_000.0,
) -> Recipe:
    """Convolutions of DCGAN; dense layers that receive the image's features and the latent's."""

    def adam(rate):
        return keras.optimizers.Adam(schedules.cosine(rate, decay_steps or steps), beta_1)

    def build(spec, seed=0):
        sizes = {"width": width}
        model = GAN(
            bigan.generator(spec.shape, latent_dim, modality=spec.modality, **sizes),
            bigan.discriminator(
                spec.shape, latent_dim, dense_width=dense_width, normalization="spectral", **sizes
            ),
            prior=priors.Uniform(latent_dim),
            modality=spec.modality,
        )
        model.compile(
            loss=losses.exchanged(losses.non_saturating()),
            optimizers={
                "generator": adam(learning_rate),
                "discriminator": adam(discriminator_learning_rate),
            },
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
