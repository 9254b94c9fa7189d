"""MADE: Germain et al. 2015, https://arxiv.org/abs/1502.03509.

tfgan train --recipe=made
"""

import keras

from tfgan.models import Autoregressive
from tfgan.networks import made
from tfgan.recipes import Recipe


def recipe(
    *,
    batch_size=64,
    steps=3000,
    width=500,
    depth=1,
    dropout=0.2,
    learning_rate=2e-3,
    weight_decay=0.0,
    average_half_life=10_000.0,
) -> Recipe:
    """Masked dense layers, AdamW with a learning rate that falls to zero over the steps."""

    def build(spec, seed=0):
        model = Autoregressive(
            made.network(spec.shape, widths=(width,) * depth, dropout=dropout), walk=made.walk
        )
        schedule = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
        optimizer = keras.optimizers.AdamW(schedule, weight_decay=weight_decay)
        model.compile(optimizer, average_half_life=average_half_life, seed=seed)
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
