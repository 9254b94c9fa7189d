"""Trains a small segmenter on real images and their masks, which then reads generated ones.

Four convolutions of 3 x 3 with 16 filters and dilations 1, 2, 4 and 1 see 17 x 17 pixels; a
convolution of 1 x 1 gives the logits of each pixel.
"""

import keras
import numpy as np
import tensorflow as tf

_FILTERS, _DILATIONS = 16, (1, 2, 4, 1)
_BATCH, _CROP, _RATE = 32, 64, 1e-3
_PREDICTED_PIXELS = 2**18  # in one pass


def train(data, mask, classes, *, steps=500, seed=0):
    """Trains with Adam on batches of 32, of large images on random windows of 64 x 64 pixels.

    Args:
      data: uint8 `[n, height, width, channels]`.
      mask: uint8 `[n, height, width, 1]`, the class of each pixel.
      classes: int; classes are 0 .. classes - 1.
      steps: int.
      seed: int, of the weights and the batches.
    Returns: `keras.Model`, images -> logits `[n, height, width, classes]`.
    """
    model = network(data.shape[-1], classes, seed)
    optimizer = keras.optimizers.Adam(_RATE)
    optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def step(images, labels):
        with tf.GradientTape() as tape:
            logits = model(images, training=True)
            loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
            loss = tf.reduce_mean(loss)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    draw = np.random.default_rng(seed)
    for _ in range(steps):
        rows = draw.integers(len(data), size=_BATCH)
        step(*_windows(draw, data[rows], mask[rows]))
    return model


def network(channels, classes, seed=0):
    """The network of images `[n, height, width, channels]` in 0..255 -> logits."""
    images = keras.Input((None, None, channels), name="images")
    hidden = keras.layers.Rescaling(1.0 / 127.5, offset=-1.0, dtype="float32")(images)
    convolution = {"padding": "same", "dtype": "float32"}
    for number, dilation in enumerate(_DILATIONS):
        initializer = keras.initializers.GlorotUniform(seed + number)
        hidden = keras.layers.Conv2D(
            _FILTERS, 3, dilation_rate=dilation, activation="relu",
            kernel_initializer=initializer, **convolution,
        )(hidden)  # fmt: skip
    initializer = keras.initializers.GlorotUniform(seed + len(_DILATIONS))
    logits = keras.layers.Conv2D(classes, 1, kernel_initializer=initializer, **convolution)(hidden)
    return keras.Model(images, logits)


def predict(model, images):
    """The most probable class of each pixel: uint8 `[n, height, width, 1]`.

    Args:
      model: of `train`.
      images: uint8 `[n, height, width, channels]`.
    """
    rows = max(1, _PREDICTED_PIXELS // (images.shape[1] * images.shape[2]))
    blocks = (images[first : first + rows] for first in range(0, len(images), rows))
    masks = [np.argmax(model(block, training=False), axis=-1) for block in blocks]
    return np.concatenate(masks).astype(np.uint8)[..., None]


def _windows(draw, images, masks):
    """Windows at one random position of images and their masks, at most 64 pixels high and wide."""
    sizes = [min(_CROP, side) for side in images.shape[1:3]]
    corner = [draw.integers(s - size + 1) for s, size in zip(images.shape[1:3], sizes, strict=True)]
    place = tuple(slice(at, at + size) for at, size in zip(corner, sizes, strict=True))
    return [tf.constant(x[:, *place]) for x in (images, masks)]
