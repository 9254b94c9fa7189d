"""AC-GAN: Odena et al. 2017, https://arxiv.org/abs/1610.09585.

    tfgan train --recipe=acgan
    tfgan train --recipe=acgan --set=classifier=acgan
    tfgan train --recipe=acgan --set=classifier=reacgan

The discriminator does not receive the label but classifies the data. A generator that is rewarded
for samples that are easy to classify, as the paper's is (`acgan`), leaves out those between two
classes, and the variety within the classes falls. ADC-GAN's classifier (`adc`, the default; Hou et
al. 2022, https://arxiv.org/abs/2107.10060) also tells real from fake in each class, which removes
that reward. ReACGAN's (`reacgan`; Kang et al. 2021, https://arxiv.org/abs/2111.01118) compares
embeddings, and stops rewarding those within a margin.

Measured (mnist5k, steps of 64, `tfgan evaluate --metrics=labels,diversity,fd --count=1000`; "least"
is the diversity of the class with the least):

  classifier, seed, steps    label_accuracy    class_diversity, least    fd_digits
  adc, 0, 1,500              0.985             0.907    0.844            0.902
  adc, 1, 1,500              0.985             0.915    0.839            0.866
  adc, 2, 1,500              0.974             0.920    0.839            0.866
  acgan, 0, 3,000            0.938             0.954    0.823            1.238
  500 held-out digits        0.986             1.003    0.933            0.673

On three normal classes on a line, which overlap, the deviation of the middle class falls to 0.365
of the true one with `acgan` and to 0.097 with `reacgan`; with `adc` it is 0.981 (3,000 steps of
256, seed 0; `pytest -m slow -s -n 0 tests/recipes/class_collapse_test.py`).
Differs: the default classifier; networks, losses and optimizers of the recipe `dcgan`; embeddings
of 128 numbers.
"""

import functools
from typing import Literal

import keras

from tfgan import losses, priors, terms
from tfgan.models import GAN
from tfgan.networks import dcgan, heads
from tfgan.recipes import Recipe

_EMBEDDING = 128


def recipe(
    *,
    classifier: Literal["adc", "acgan", "reacgan"] = "adc",
    classifier_weight=1.0,
    batch_size=64,
    steps=1500,
    latent_dim=100,
    width=32,
    learning_rate=5e-4,
    beta_1=0.5,
    average_half_life=20_000.0,
) -> Recipe:
    """DCGAN's networks, the label an input of the generator and an output of the discriminator."""

    def build(spec, seed=0):
        if not spec.classes:
            raise ValueError("acgan needs labels; the data has none.")
        network = dcgan.discriminator(spec.shape, width=width)
        discriminator, objectives = game(classifier, network, spec.classes, classifier_weight)
        model = GAN(
            dcgan.generator(
                spec.shape, latent_dim, classes=spec.classes, width=width, modality=spec.modality
            ),
            discriminator,
            prior=priors.Uniform(latent_dim),
            classes=spec.classes,
            modality=spec.modality,
        )
        model.compile(
            loss=losses.non_saturating(),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(learning_rate, beta_1),
            },
            terms=objectives,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)


def game(classifier, network, classes, weight=1.0):
    """The discriminator with the outputs that a classifier needs, and the terms of both players.

    Args:
      classifier: str, see `recipe`.
      network: keras.Model, a discriminator without labels, see `heads.with_classifier`.
      classes: int, the number of labels.
      weight: float, of the terms.
    Returns: (keras.Model, list of `terms.Term`).
    """
    if classifier == "reacgan":
        network = heads.with_embedding(network, classes, size=_EMBEDDING)
    else:
        network = heads.with_classifier(network, classes * (2 if classifier == "adc" else 1))
    of_discriminator, of_generator = {
        "acgan": (terms.classification, functools.partial(terms.classification, of=["fake"])),
        "adc": (terms.joint_classification, terms.joint_classification_gap),
        "reacgan": tuple(functools.partial(terms.data_to_data, of=of) for of in ("real", "fake")),
    }[classifier]
    return network, [
        terms.Term(of_discriminator, "discriminator", weight, name="classifier"),
        terms.Term(of_generator, "generator", weight, name="classifier"),
    ]
