"""PixelVAE: Gulrajani et al. 2016, https://arxiv.org/abs/1611.05013.

tfgan train --recipe=pixelvae
"""

import keras

from tfgan.models import PixelVAE
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
    kl_warmup=500,
    average_half_life=10_000.0,
    bound_samples=100,
) -> Recipe:
    """A dense encoder, a dense decoder to features, and a PixelCNN of `depth` blocks."""

    def build(spec, seed=0):
        features = (*spec.shape[:2], width)
        model = PixelVAE(
            vae.dense_encoder(
                spec.shape, latent_dim, widths=(hidden_width,), dropout=encoder_dropout
            ),
            vae.convolutional_decoder(features, latent_dim, width=width),
            pixelcnn.plain(
                spec.shape, width=width, depth=depth, kernel_size=kernel_size, features=width
            ),
            walk=pixelcnn.walk,
        )
        schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
        model.compile(
            keras.optimizers.Adam(schedule),
            kl_warmup=kl_warmup,
            bound_samples=bound_samples,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
