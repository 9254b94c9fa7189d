"""VAE: Kingma & Welling 2014, https://arxiv.org/abs/1312.6114.

    tfgan train --recipe=vae
    tfgan evaluate --workdir=runs/vae-mnist5k --metrics=nll

Dense networks of 200-200 ReLU units around 20 latents; pixels are binarized again at every step.

Measured (mnist5k, 62 to 66 CPU seconds of training; nats on 500 held-out digits, standard error 1):

  seed                                       0        1        2
  ELBO                                  -105.2   -105.2   -106.0
  IWAE, 100 latents (the default)       -100.1   -100.5   -101.1
  the same on 500 training digits        -95.7    -96.0    -96.3
  IWAE, 500 latents                      -99.7   -100.0   -100.7

The convolutions (`--set=network=convolutional --set=width=16`) were not run at length.
Burda et al. 2016, https://arxiv.org/abs/1509.00519, table 1, have -86.76 for a VAE of 50 latents
and 60,000 images; Kingma & Welling show curves.
Differs: two hidden layers and ReLU instead of one and tanh, Adam instead of Adagrad, few images,
the average.
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
        model = VAE(*networks(spec.shape), kl_weight=kl_weight, bound_samples=bound_samples)
        model.compile(
            keras.optimizers.Adam(learning_rate, weight_decay=weight_decay or None),
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=network == "dense" or None,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
