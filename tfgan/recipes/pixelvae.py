"""PixelVAE: Gulrajani et al. 2016, https://arxiv.org/abs/1611.05013.

    tfgan train --recipe=pixelvae
    tfgan evaluate --workdir=runs/pixelvae-mnist5k --metrics=nll

A dense encoder, a decoder of transposed convolutions to 16 features per pixel, and a PixelCNN of
pixels and features. `--set=depth=N` is the number of its residual blocks; `--set=depth=0
--set=kernel_size=1` has no pixels as inputs, which leaves a VAE.

Measured (mnist5k, 126 to 140 CPU seconds of training):

    seed                                          0       1       2
    bound, 100 latents, 500 held-out digits       87.5    87.5    87.3    nats, standard error 0.9
    KL term, one masked layer, depth=0            4.13                    nats, standard error 0.05
    KL term, depth=2                                      3.04    3.15
    KL term, depth=4                              4.06

Without pixel inputs the KL term is 21.4 nats (last training batch). Samples are digits.
The paper: at most 80.64 nats, and a KL term that drops with the first PixelCNN layer (Figure 4), on
50,000 images binarized once.
Differs: small networks, a dense encoder with dropout, a learning rate that falls to 0, a running
average, a warm-up of 500 steps, 100 latents instead of 1,000 in the bound.
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
            keras.optimizers.Adam(schedule), average_half_life=average_half_life, seed=seed
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
