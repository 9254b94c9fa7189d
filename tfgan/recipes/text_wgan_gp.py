"""Texts by WGAN-GP: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, section 5.5.

    tfgan train --recipe=text_wgan_gp
    tfgan train --recipe=text_wgan_gp --data=toy:paragraphs
    tfgan train --recipe=text_wgan_gp --data=text:FILE
    tfgan train --recipe=text_wgan_gp --set=loss=non_saturating --set=discriminator_steps=1
    tfgan evaluate --workdir=runs/text_wgan_gp-toy-sentences

The generator's output is a distribution over the characters at each position, which is the critic's
input without sampling, so that gradients flow. Real texts are one-hot.

Measured (seed 0; 10,000 samples, or 1,000 held-out sentences, against 10,000 sentences). js_n is
the Jensen-Shannon divergence of n-grams in bits, as in the paper:

  loss                 steps   CPU s   js_1     js_2     js_3    js_4    unique   correct sentences
  wasserstein          1,500   623     0.009    0.080    0.162   0.232   94.8 %   13.0 %
  non_saturating       1,500   125     0.792    0.966    0.995   1.00    0.4 %    0 %
  real sentences                       0.0001   0.0005   0.001   0.003   95.1 %   100 %

The non-saturating loss, without a penalty and with one discriminator step, does not learn texts in
the paper either. Paragraphs were not trained at length. The paper trains on a billion words, 32
characters at a time, with 512 channels and 5 blocks.
Differs: 64 channels, 2 blocks, a language of 20 characters; Adam at 4e-4; a running average.
"""

from typing import Literal

import keras

from tfgan import losses, penalties, priors
from tfgan.models import GAN
from tfgan.networks import text
from tfgan.recipes import Recipe


def recipe(
    *,
    loss: Literal["wasserstein", "non_saturating"] = "wasserstein",
    batch_size=64,
    steps=1500,
    latent_dim=128,
    width=64,
    depth=2,
    learning_rate=4e-4,
    beta_1=0.5,
    beta_2=0.9,
    penalty_weight=10.0,
    discriminator_steps=5,
    average_half_life=10_000.0,
) -> Recipe:
    """Residual convolutions along the text; the penalty belongs to the Wasserstein loss."""

    def adam():
        return keras.optimizers.Adam(learning_rate, beta_1, beta_2)

    def build(spec, seed=0):
        if spec.modality.kind != "texts":
            raise ValueError(f"text_wgan_gp makes texts; the data are {spec.modality.kind}.")
        model = GAN(
            text.generator(spec.shape, latent_dim, width=width, depth=depth),
            text.discriminator(spec.shape, width=width, depth=depth),
            prior=priors.Normal(latent_dim),
            modality=spec.modality,
        )
        penalty = penalties.Penalty(penalties.wasserstein_gradient_penalty, penalty_weight)
        model.compile(
            loss=getattr(losses, loss)(),
            penalties=[penalty] if loss == "wasserstein" else [],
            optimizers={"generator": adam(), "discriminator": adam()},
            discriminator_steps=discriminator_steps,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:sentences", batch_size=batch_size, steps=steps)
