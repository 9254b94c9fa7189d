"""PixelCNN: van den Oord et al. 2016, https://arxiv.org/abs/1601.06759.

    tfgan train --recipe=pixelcnn
    tfgan evaluate --workdir=runs/pixelcnn-mnist5k --metrics=nll

A masked 7 x 7 convolution and residual blocks 1x1 - 3x3 - 1x1, 15,137 weights; pixels are binarized
again at every step. `--set=network=gated` is the network of van den Oord et al. 2016,
https://arxiv.org/abs/1606.05328, without the blind spot; it was not trained at length.

Measured (mnist5k, 175 to 195 CPU seconds of training; nats, standard error 0.9):

    seed                      0       1       2
    500 held-out digits       94.75   94.93   94.52
    500 training digits       95.91   96.03   95.55

Samples are strokes and some digits: the receptive field is 8 rows and columns.
The paper: 81.30 nats with 15 blocks, on 50,000 images binarized once.
Differs: 5 narrow blocks, Adam with a learning rate that falls to 0 instead of RMSProp, a
running average.
"""

from typing import Literal

import keras

from tfgan import schedules
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
    decay_steps=0,
    average_half_life=10_000.0,
) -> Recipe:
    """Masked convolutions, Adam with a learning rate that falls to zero over the steps."""

    def build(spec, seed=0):
        make = {"plain": pixelcnn.plain, "gated": pixelcnn.gated}[network]
        model = Autoregressive(
            make(spec.shape, width=width, depth=depth, kernel_size=kernel_size, dropout=dropout),
            cached_sampler=pixelcnn.cached_sampler,
        )
        schedule = schedules.cosine(learning_rate, decay_steps or steps)
        model.compile(
            keras.optimizers.Adam(schedule), average_half_life=average_half_life, seed=seed
        )
        return model

    return Recipe(build=build, data="mnist5k", batch_size=batch_size, steps=steps)
