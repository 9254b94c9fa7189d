"""Adversarial autoencoder: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644.

tfgan train --recipe=aae
tfgan train --recipe=aae --set=prior=mixture --set=labels=true
"""

from typing import Literal

import keras

from tfgan import losses, priors
from tfgan.models import AdversarialAutoencoder
from tfgan.networks import autoencoder
from tfgan.recipes import Recipe


def recipe(
    *,
    prior: Literal["normal", "mixture", "swiss_roll"] = "normal",
    labels=False,
    batch_size=100,
    steps=3000,
    decay_steps=3000,
    latent_dim=2,
    width=256,
    noise=0.0,
    learning_rate=1e-3,
    adversarial_learning_rate=5e-4,
    beta_1=0.5,
    average_half_life=10_000.0,
) -> Recipe:
    """Dense networks of two hidden layers."""
    if labels and prior == "normal":
        raise ValueError("labels=true needs a prior that has classes: mixture or swiss_roll.")
    if prior != "normal" and latent_dim != 2:
        raise ValueError(f"The prior {prior} lies in the plane: latent_dim must be 2.")

    def adam(rate):
        schedule = keras.optimizers.schedules.CosineDecay(rate, decay_steps)
        return keras.optimizers.Adam(schedule, beta_1=beta_1)

    def build(spec, seed=0):
        classes = spec.classes if labels else None
        if labels and not classes:
            raise ValueError("labels=true needs data with labels.")
        imposed = {
            "normal": lambda: priors.Normal(latent_dim),
            "mixture": lambda: priors.Mixture(classes or 10),
            "swiss_roll": lambda: priors.SwissRoll(classes or 10),
        }[prior]()
        sizes, widths = {"latent": latent_dim}, (width, width)
        model = AdversarialAutoencoder(
            autoencoder.encoder(spec.shape, sizes, widths=widths, noise=noise),
            autoencoder.decoder(spec.shape, sizes, widths=widths),
            autoencoder.discriminator(sizes, classes=classes and classes + 1, widths=widths),
            prior=imposed,
            classes=classes,
        )
        model.compile(
            loss=losses.non_saturating(),
            autoencoder_optimizer=adam(learning_rate),
            discriminator_optimizer=adam(adversarial_learning_rate),
            regularizer_optimizer=adam(adversarial_learning_rate),
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=True,  # dense layers gain from XLA on every device
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
