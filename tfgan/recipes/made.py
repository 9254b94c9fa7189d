"""MADE: Germain et al. 2015, https://arxiv.org/abs/1502.03509.

    tfgan train --recipe=made
    tfgan evaluate --workdir=runs/made-mnist5k --metrics=nll

One hidden layer of 500 units, connections from the pixels to the logits, one set of masks; pixels
are binarized again at every step.

Measured (mnist5k, 77 to 83 CPU seconds of training; nats, standard error 1):

    seed                      0       1       2
    500 held-out digits       100.6   100.5   100.6

On 500 training digits 97.9 nats.
The paper: 88.40 nats with one hidden layer and one set of masks, 86.64 with two and 32, on 50,000
images binarized once, with up to 8,000 units per layer.
Differs: AdamW with a learning rate that falls to 0 instead of Adagrad, dropout, a running average,
the raster order of pixels, evenly spaced instead of random degrees.
"""

import keras

from tfgan import schedules
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
    decay_steps=0,
    weight_decay=0.0,
    average_half_life=10_000.0,
) -> Recipe:
    """Masked dense layers, AdamW with a learning rate that falls to zero over the steps."""

    def build(spec, seed=0):
        model = Autoregressive(
            made.network(spec.shape, widths=(width,) * depth, dropout=dropout),
            cached_sampler=made.cached_sampler,
        )
        schedule = schedules.cosine(learning_rate, decay_steps or steps)
        optimizer = keras.optimizers.AdamW(schedule, weight_decay=weight_decay)
        model.compile(optimizer, average_half_life=average_half_life, seed=seed)
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
