"""Trains the classifier of `digits` and of the classification accuracy score."""

import keras
import numpy as np
import tensorflow as tf

from tfgan.extractors import digits

_BATCH = 64
_SHIFT, _TURN, _STRETCH = 2.0, 0.2, 0.15  # pixels, radians, fraction


def train(data, label, classes, *, steps=3000, seed=0, on_step=None):
    """Trains on images that are slightly shifted, rotated and stretched, differently at each step.

    Adam with a cosine decay of the learning rate from 2e-3 to 0.

    Args:
      data: uint8 `[n, height, width, channels]`.
      label: int `[n]`, 0 .. classes - 1.
      classes, steps, seed: int.
      on_step: function (steps done, loss), called every 100 steps; or None.
    Returns: `keras.Model`, images -> [features, logits].
    """
    keras.utils.set_random_seed(seed)
    model = digits.network(data.shape[1:], classes)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps))
    optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def step(images, labels, draw):
        images = _augmented(tf.cast(images, tf.float32), draw)
        with tf.GradientTape() as tape:
            _, logits = model(images, training=True)
            loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
            loss = tf.reduce_mean(loss)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss

    draw = np.random.default_rng(seed)
    for number in range(steps):
        batch = draw.integers(len(data), size=_BATCH)
        loss = step(data[batch], label[batch], tf.constant([seed, number]))
        if on_step and (number + 1) % 100 == 0:
            on_step(number + 1, float(loss))
    return model


def normalize_features(model, data):
    """Scales the features of a model of `train` to a mean square of 1, in place; not the logits.

    The layer before the features is divided by a factor, the one after them multiplied: ReLU is
    homogeneous. `data`: uint8 `[n, height, width, channels]`.
    """
    squares = [
        np.square(model(data[first : first + 500], training=False)[0].numpy(), dtype=np.float64)
        for first in range(0, len(data), 500)
    ]
    scale = np.float32(np.sqrt(np.concatenate(squares).mean()))
    before, after = (layer for layer in model.layers if isinstance(layer, keras.layers.Dense))
    before.set_weights([weight / scale for weight in before.get_weights()])
    kernel, bias = after.get_weights()
    after.set_weights([kernel * scale, bias])


def classifier(classes, *, steps=1500, seed=0):
    """The `fit` of `metrics.classification_accuracy_score`: (data, label) -> data -> labels."""

    def fit(data, label):
        model = train(data, label, classes, steps=steps, seed=seed)
        return lambda images: predict(model, images)

    return fit


def predict(model, images):
    """The most probable label of each image: int64 `[n]`."""
    blocks = (images[first : first + 500] for first in range(0, len(images), 500))
    return np.concatenate([model(x, training=False)[1].numpy().argmax(axis=1) for x in blocks])


def _augmented(images, draw):
    """Each image under its own small affine map, its border repeated outside."""
    count, height, width = images.shape[0], images.shape[1], images.shape[2]
    turn, stretch_y, stretch_x, shift_y, shift_x = tf.unstack(
        tf.random.stateless_uniform([5, count], draw, -1.0, 1.0)
    )
    cosine, sine = tf.cos(_TURN * turn), tf.sin(_TURN * turn)
    stretch_y, stretch_x = 1.0 + _STRETCH * stretch_y, 1.0 + _STRETCH * stretch_x
    a, b, c, d = cosine * stretch_x, -sine * stretch_y, sine * stretch_x, cosine * stretch_y
    middle_x, middle_y = (width - 1) / 2.0, (height - 1) / 2.0
    move_x = middle_x - a * middle_x - b * middle_y + _SHIFT * shift_x
    move_y = middle_y - c * middle_x - d * middle_y + _SHIFT * shift_y
    zero = tf.zeros_like(a)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([a, b, move_x, c, d, move_y, zero, zero], axis=1),
        output_shape=[height, width],
        interpolation="BILINEAR",
        fill_mode="NEAREST",
        fill_value=0.0,
    )
