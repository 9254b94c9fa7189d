"""VAE: Kingma & Welling 2014, https://arxiv.org/abs/1312.6114.

    tfgan train --recipe=vae
    tfgan evaluate --workdir=runs/vae-mnist5k --metrics=nll

Not run at length here yet.
"""

from typing import Literal

import keras

from tfgan.models import VAE
from tfgan.networks import vae
from tfgan.recipes import Recipe


def recipe(
    *,
    network: Literal["dense", "convolutional"] = "dense",
    batch_size=100,
    steps=5000,
    latent_dim=20,
    width=200,
    depth=2,
    dropout=0.0,
    learning_rate=1e-3,
    weight_decay=0.0,
    kl_weight=1.0,
    bound_samples=100,
    average_half_life=20_000.0,
) -> Recipe:
    """A Gaussian encoder and a decoder of binary pixels; Adam, and an average of the weights."""

    def networks(shape):
        if network == "convolutional":
            encoder = vae.convolutional_encoder(shape, latent_dim, width=width, dropout=dropout)
            return encoder, vae.convolutional_decoder(shape, latent_dim, width=width)
        widths = (width,) * depth
        encoder = vae.dense_encoder(shape, latent_dim, widths=widths, dropout=dropout)
        return encoder, vae.dense_decoder(shape, latent_dim, widths=widths)

    def build(spec, seed=0):
        model = VAE(*networks(spec.shape))
        model.compile(
            keras.optimizers.Adam(learning_rate, weight_decay=weight_decay or None),
            kl_weight=kl_weight,
            bound_samples=bound_samples,
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=network == "dense" or None,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
