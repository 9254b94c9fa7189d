r"""pix2pix: Isola et al. 2017, https://arxiv.org/abs/1611.07004.

    tfgan train --recipe=pix2pix --data=toy:textures
    tfgan train --recipe=pix2pix --data=pairs:facades --direction=BtoA --jitter --flip \
        --set=batch_size=1 --set=steps=80000 --set=width=64 --set=discriminator_width=64 \
        --set=discriminator_layers=3
    tfgan translate --workdir=runs/pix2pix-toy-textures --input=FOLDER

The second command has the paper's networks and steps for 256 x 256 pixels; the defaults are for
images of 32 x 32. `feature_matching_weight` and `discriminator_scales=2` are those of pix2pixHD.
The generator's step is on new fakes. `reuse_fakes=True` makes them once for both players, as the
authors' code does, and saves a tenth of a step; `simultaneous=True` is the order of their first
code: both move on the same logits.

Measured (`tfgan train --recipe=pix2pix`, `tfgan evaluate --metrics=segmentation`; toy:textures,
seeds 0, 1, 2, 400 held-out pairs): mean IoU 0.561 / 0.619 / 0.779, of real images 0.951, with the
L1 term alone 0.159 each; with `reuse_fakes=True` 0.479 / 0.488 / 0.754. docs/translation.md has
other losses and networks.
Differs: instance normalization in place of batch normalization in training mode with batches of 1.
"""

import functools

import keras

from tfgan import losses, priors
from tfgan import terms as game_terms
from tfgan.models import GAN
from tfgan.networks import patchgan, unet
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=8,
    steps=1500,
    width=16,
    depth=0,
    skips=True,
    dropout=0.2,
    discriminator_width=16,
    discriminator_layers=2,
    discriminator_scales=1,
    conditional_discriminator=True,
    l1_weight=100.0,
    adversarial_weight=1.0,
    feature_matching_weight=0.0,
    learning_rate=2e-4,
    beta_1=0.5,
    simultaneous=False,
    reuse_fakes=False,
    average_half_life=0.0,
) -> Recipe:
    """A U-Net against a discriminator of patches, with the L1 distance to the target."""

    def build(spec, seed=0):
        source = spec.conditions.get("source")
        if source is None or not spec.is_paired:
            raise ValueError("pix2pix needs pairs, such as --data=pairs:FOLDER; the data has none.")
        generator = unet.generator(
            spec.shape,
            source.shape,
            depth=depth or None,
            width=width,
            skips=skips,
            dropout=dropout,
            modality=spec.modality,
        )
        discriminator = patchgan.discriminator(
            spec.shape,
            source.shape if conditional_discriminator else None,
            layers=discriminator_layers,
            width=discriminator_width,
            scales=discriminator_scales,
            features=feature_matching_weight > 0.0,
        )
        model = GAN(
            generator,
            discriminator,
            prior=priors.Noise() if dropout else None,
            conditions=spec.condition_modalities,
            modality=spec.modality,
        )
        model.compile(
            loss=losses.weighted(losses.non_saturating(), adversarial_weight),
            optimizers={
                "generator": keras.optimizers.Adam(learning_rate, beta_1),
                "discriminator": keras.optimizers.Adam(learning_rate, beta_1),
            },
            terms=_terms(model),
            simultaneous=simultaneous,
            reuse_fakes=reuse_fakes,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    def _terms(model):
        l1 = functools.partial(game_terms.l1, target="data")
        terms = [game_terms.Term(l1, "generator", l1_weight, name="l1")]
        if feature_matching_weight:
            outputs = model.discriminator.output
            names = [name for name in outputs if name.startswith("features")]
            match = functools.partial(game_terms.paired_feature_matching, features=names)
            terms.append(game_terms.Term(match, "generator", feature_matching_weight))
        return terms

    return Recipe(build=build, data="toy:textures", batch_size=batch_size, steps=steps)
