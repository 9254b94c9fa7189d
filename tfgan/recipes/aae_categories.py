"""AAE with class and style codes, for few labels or none: https://arxiv.org/abs/1511.05644.

    tfgan train --recipe=aae_categories
    tfgan train --recipe=aae_categories --set=labelled=0 --set=clusters=30 --set=latent_dim=5 \\
      --set=learning_rate=1e-3 --set=adversarial_learning_rate=1e-3 \\
      --steps=2000 --workdir=runs/clusters
    tfgan evaluate --workdir=runs/aae_categories-mnist5k --metrics=category,codes

Makhzani et al. 2015, sections 5 and 6. The code is a distribution over classes y and a style vector
z. With `labelled` labels, equally many per class, a third phase trains y on them; with labelled=0
there are `clusters` classes, named by their most confident training image or their majority.

Measured (mnist5k, first and second command, error on 500 held-out digits):

    labels   clusters   seeds   error                              standard error
    100                 0 1 2   10.4  13.2  11.8 %                 1.4
    0        30         0 1     19.2  27.8 %, by the majority      2
    0        30         0 1     35.6  29.8 %, by confidence        2

The paper (60,000 images): 1.90 +- 0.10 % with 100 labels, 9.55 +- 2.05 % with 16 clusters, 4.10 +-
1.13 % with 30.
Differs: Adam with rates that fall to 0 instead of SGD with momentum; labeled images in the order of
the batches, about 2 in each of 100, instead of batches of labeled images; a running average of
encoder and decoder; 400 units; batch normalization before the softmax of clusters, without which
all digits fall into one or two of them.
"""

import keras

from tfgan import losses, priors, schedules
from tfgan.models import AdversarialAutoencoder
from tfgan.networks import autoencoder
from tfgan.recipes import Recipe


def recipe(
    *,
    labelled=100,
    clusters=16,
    batch_size=100,
    steps=4000,
    decay_steps=0,
    latent_dim=10,
    width=400,
    noise=0.3,
    learning_rate=5e-4,
    adversarial_learning_rate=5e-4,
    classifier_learning_rate=1e-3,
    beta_1=0.5,
    average_half_life=10_000.0,
) -> Recipe:
    """Dense networks; a class code y and a style code z, each with its own discriminator."""

    def adam(rate):
        return keras.optimizers.Adam(schedules.cosine(rate, decay_steps or steps), beta_1)

    def build(spec, seed=0):
        if labelled and not spec.classes:
            raise ValueError("labelled needs data with labels; labelled=0 finds clusters instead.")
        classes = spec.classes if labelled else None
        sizes = {"latent": latent_dim, "code": classes or clusters}
        widths = (width, width)
        model = AdversarialAutoencoder(
            autoencoder.encoder(
                spec.shape,
                sizes,
                categories=["code"],
                normalize_codes=not labelled,
                widths=widths,
                noise=noise,
            ),
            autoencoder.decoder(spec.shape, sizes, widths=widths, modality=spec.modality),
            autoencoder.discriminator(sizes, widths=widths),
            prior=priors.Joint([priors.Normal(latent_dim), priors.Categorical(sizes["code"])]),
            classes=classes,
            category="code",
            modality=spec.modality,
        )
        model.compile(
            loss=losses.non_saturating(),
            optimizers={
                "autoencoder": adam(learning_rate),
                "discriminator": adam(adversarial_learning_rate),
                "regularizer": adam(adversarial_learning_rate),
                "classifier": adam(classifier_learning_rate) if labelled else None,
            },
            average_half_life=average_half_life,
            seed=seed,
            jit_compile=True,  # dense layers gain from XLA on every device
        )
        return model

    return Recipe(
        build=build, data="mnist5k", batch_size=batch_size, steps=steps, labelled=labelled or None
    )
