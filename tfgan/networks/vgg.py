"""VGG as a discriminator, as any classifier with one output can be one.

Each stage is `depth` convolutions of 3x3 with ReLU and a max-pooling of 2x2 that halves the image;
filters double from stage to stage up to 8 times the first.

Source: Simonyan & Zisserman 2015, https://arxiv.org/abs/1409.1556, section 2.1.
Differs: the shape decides the number of stages (28 has 2, the paper's 224 has 5); no dense layers
of 4,096 units by default; He's initial kernels (https://arxiv.org/abs/1502.01852).
"""

import keras

from tfgan.networks import conditioning, shapes
from tfgan.networks.normalization import Normalization

_MOST_DOUBLINGS = 3


def discriminator(
    shape,
    *,
    classes=None,
    width=64,
    depth=2,
    dense_widths=(),
    normalization=None,
    kernel_constraint=None,
):
    """Images to logits by stacks of small convolutions and max-pooling.

    >>> discriminator((28, 28, 1), width=4, depth=1).count_params()
    729

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      classes: int, the number of labels, or None; see `conditioning.with_plane`.
      width: int, filters of the first stage.
      depth: int, 1 or more, convolutions per stage.
      dense_widths: sequence of int, of dense layers before the last; (4096, 4096) in the paper.
      normalization: "batch", "layer" (not after the first convolution), "spectral", None.
      kernel_constraint: Keras constraint of every trainable weight, as in WGAN.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    count = shapes.stages(shape, "vgg")
    if depth < 1:
        raise ValueError(f"depth must be 1 or more; received {depth}.")
    make = Normalization(normalization, kernel_constraint)
    tensors = conditioning.inputs("data", shape, classes)
    x = conditioning.with_plane(tensors["data"], tensors, classes, kernel_constraint)
    for stage in range(count):
        for layer in range(depth):
            filters = width << min(stage, _MOST_DOUBLINGS)
            x = make.convolution(filters, 3, kernel_initializer="he_normal")(x)
            x = keras.layers.ReLU()(x if stage == layer == 0 else make.after(x))
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    for units in dense_widths:
        x = keras.layers.ReLU()(make.dense(units, kernel_initializer="he_normal")(x))
    return keras.Model(tensors, make.dense(1, dtype="float32")(x), name="discriminator")
