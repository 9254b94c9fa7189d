"""PixelCNN: van den Oord et al. 2016, https://arxiv.org/abs/1601.06759.

tfgan train --recipe=pixelcnn
"""

from typing import Literal

import keras

from tfgan.models import Autoregressive
from tfgan.networks import pixelcnn
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=1200,
    network: Literal["plain", "gated"] = "plain",
    width=16,
    depth=5,
    kernel_size=7,
    dropout=0.0,
    learning_rate=4e-3,
    average_half_life=10_000.0,
) -> Recipe:
    """Masked convolutions, Adam with a learning rate that falls to zero over the steps."""

    def build(spec, seed=0):
        make = {"plain": pixelcnn.plain, "gated": pixelcnn.gated}[network]
        model = Autoregressive(
            make(spec.shape, width=width, depth=depth, kernel_size=kernel_size, dropout=dropout),
            walk=pixelcnn.walk,
        )
        schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
        model.compile(
            keras.optimizers.Adam(schedule), average_half_life=average_half_life, seed=seed
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
