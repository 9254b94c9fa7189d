"""PixelVAE: Gulrajani et al. 2016, https://arxiv.org/abs/1611.05013.

    tfgan train --recipe=pixelvae
    tfgan evaluate --workdir=runs/pixelvae-mnist5k --metrics=nll

A dense encoder, a decoder of transposed convolutions to 16 features a pixel, and a PixelCNN that
sees them. `--set=depth=N` is the number of its residual blocks; with `--set=depth=0` and
`--set=kernel_size=1` it sees no pixels, which leaves a VAE.

Measured here: at most 87.5, 87.5 and 87.3 nats on the 500 held-out digits of `mnist5k` (seeds 0 1
2, 100 latents, standard error 0.9), in 126 to 140 CPU seconds of training each. The recipe
`pixelcnn`, which has more masked convolutions and no latent, has 94.75: with 4,500 images a code
for the whole digit is worth more than layers that see 8 pixels far. Samples are digits. The KL term
is 21.4 nats without sight of the pixels (last training batch), 4.13 with one masked layer (depth=0,
seed 0), 3.04 and 3.15 with two blocks more (seeds 1 2) and 4.06 with four (seed 0; held-out digits,
standard error 0.05). It falls with the first layers and not beyond.
The paper: at most 80.64 nats, and a KL term that falls sharply with the first PixelCNN layer
(Figure 4), on 50,000 images binarized once.
Differs: small networks, a dense encoder with dropout, a learning rate that falls to zero, a running
average of the weights, a warm-up of 500 steps, 100 latents for the bound where the paper has 1,000.
"""

import keras

from tfgan import schedules
from tfgan.models import VAE, AutoregressivePixels
from tfgan.networks import pixelcnn, vae
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=1200,
    latent_dim=16,
    hidden_width=200,
    encoder_dropout=0.2,
    width=16,
    depth=2,
    kernel_size=7,
    learning_rate=3e-3,
    decay_steps=0,
    kl_warmup=500,
    average_half_life=10_000.0,
    bound_samples=100,
) -> Recipe:
    """A dense encoder, a dense decoder to features, and a PixelCNN of `depth` blocks."""

    def build(spec, seed=0):
        features = (*spec.shape[:2], width)
        model = VAE(
            vae.dense_encoder(
                spec.shape, latent_dim, widths=(hidden_width,), dropout=encoder_dropout
            ),
            vae.convolutional_decoder(features, latent_dim, width=width),
            likelihood=AutoregressivePixels(
                pixelcnn.plain(
                    spec.shape, width=width, depth=depth, kernel_size=kernel_size, features=width
                ),
                pixelcnn.cached_sampler,
            ),
            kl_warmup=kl_warmup,
            bound_samples=bound_samples,
        )
        schedule = schedules.cosine(learning_rate, decay_steps or steps)
        model.compile(
            keras.optimizers.Adam(schedule),
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
