r"""CycleGAN: Zhu et al. 2017, https://arxiv.org/abs/1703.10593.

    tfgan train --recipe=cyclegan --data=toy:stripes
    tfgan train --recipe=cyclegan --data=unpaired:horse2zebra --jitter --flip \
        --set=batch_size=1 --set=steps=260000 --set=width=64 --set=blocks=9 \
        --set=discriminator_width=64 --set=discriminator_layers=3
    tfgan translate --workdir=runs/cyclegan-toy-stripes --input=FOLDER --direction=BtoA

The second command has the authors' networks and about their 200 epochs; the defaults are for images
of 32 x 32. `identity_weight` must be 0 for domains with different channels.

Measured (`tfgan train --recipe=cyclegan`, `tfgan evaluate`; toy:stripes, seeds 0, 1, 2, 200
held-out images): mean IoU of shape and ground 0.949 / 0.927 / 0.950, of real images 0.999; cycle
error in [0, 1] 0.020 / 0.026 / 0.025. docs/translation.md has the controls without cycle.

The weights are those of the authors' code, half of which is passed on: its loss for the generators
is (D(G(x)) - 1)^2, and that of `losses.least_squares` is half of it.
Differs: the authors choose the identity term for some sets only, and print its weight as a share of
the other.
"""

import keras

from tfgan.models import CycleGAN, learning_rates
from tfgan.networks import patchgan, residual
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=4,
    steps=1000,
    width=16,
    blocks=3,
    discriminator_width=16,
    discriminator_layers=2,
    cycle_weight=10.0,
    identity_weight=5.0,
    pool_size=50,
    learning_rate=2e-4,
    constant_steps=0,
    beta_1=0.5,
    average_half_life=0.0,
) -> Recipe:
    """Two residual generators and two discriminators of patches, least squares, two pools."""

    def adam():
        rate = learning_rates.ConstantThenLinear(learning_rate, constant_steps or steps // 2, steps)
        return keras.optimizers.Adam(rate, beta_1)

    def build(spec, seed=0):
        if "source" not in spec.conditions:
            raise ValueError(
                "cyclegan needs two domains, such as --data=unpaired:FOLDER; the data have one."
            )
        source = spec.conditions["source"]
        sizes = {"layers": discriminator_layers, "width": discriminator_width}
        model = CycleGAN(
            residual.generator(
                spec.shape, source.shape, width=width, blocks=blocks, modality=spec.modality
            ),
            residual.generator(
                source.shape, spec.shape, width=width, blocks=blocks, modality=source.modality
            ),
            patchgan.discriminator(spec.shape, **sizes),
            patchgan.discriminator(source.shape, **sizes),
            modality=spec.modality,
            source_modality=source.modality,
        )
        model.compile(
            loss="least_squares",
            optimizers={"generator": adam(), "discriminator": adam()},
            cycle_weight=cycle_weight / 2.0,
            identity_weight=identity_weight / 2.0,
            pool_size=pool_size,
            average_half_life=average_half_life,
            seed=seed,
        )
        return model

    return Recipe(build=build, data="toy:stripes", batch_size=batch_size, steps=steps)
