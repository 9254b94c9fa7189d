"""DCGAN: Radford et al. 2016, https://arxiv.org/abs/1511.06434.

    tfgan train --recipe=dcgan

Strided convolutions and batch normalisation in both networks, Adam, the non-saturating loss; the
networks pass `dcgan.check_guidelines`.

Measured here: the command above (seed 0, 8,000 steps of 16, 128 kimg) took 193 CPU seconds on 2
cores with AVX2 and ended at fd_digits 3.60. After 120 s on 2 cores, 7,258 steps, it is at 3.70 +-
0.09; a width of 64, batches of 64, alternating steps, a learning rate of 2e-4 and no average, as in
the paper, are at 8.22 +- 0.22 after their 851 steps (`tfgan benchmark --what=quality`, seeds 0 1 2,
10,000 samples). Small batches are ahead in the first minutes of a CPU; `--batch_size=64
--set=learning_rate=5e-4` was at 3.61 after 4,000 steps and suits a GPU better. The paper has no
figure for MNIST without labels.
Differs: 32 filters where the paper has 64 at least, batch 16 for 128, kernels of 4 for 5, a
learning rate of 1e-3 for 2e-4 because the run is short, both players moved at once, a running
average of the generator, and 5,000 images.
"""

import keras

from tfgan import losses, priors
from tfgan.models import GAN
from tfgan.networks import dcgan
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=6000,
    latent_dim=100,
    width=32,
    learning_rate=1e-3,
    beta_1=0.5,
    real_target=1.0,
    discriminator_steps=1,
    simultaneous=True,
    average_half_life=20_000.0,
) -> Recipe:
    """Strided convolutions and batch normalisation in both networks, Adam, non-saturating loss."""

    def build(spec, seed=0):
        model = GAN(
            dcgan.generator(spec.shape, latent_dim, width=width),
            dcgan.discriminator(spec.shape, width=width),
            prior=priors.Uniform(latent_dim),
        )
        model.compile(
            loss=losses.non_saturating(real_target=real_target),
            generator_optimizer=keras.optimizers.Adam(learning_rate, beta_1),
            discriminator_optimizer=keras.optimizers.Adam(learning_rate, beta_1),
            discriminator_steps=discriminator_steps,
            simultaneous=simultaneous,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
