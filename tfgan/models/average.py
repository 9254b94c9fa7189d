"""The running average of a network's weights, which samples better than the weights themselves."""

import keras
import tensorflow as tf


def averaged_copy(network):
    """A copy of a network that is never trained, to hold the running average of its weights.

    It computes in float32, whatever the network does.
    """
    copy = keras.models.clone_model(network, clone_function=_in_float32)
    copy.trainable = False
    copy.set_weights(network.get_weights())
    return copy


def _in_float32(layer):
    config = layer.get_config()
    is_input = isinstance(layer, keras.layers.InputLayer)
    if isinstance(layer, keras.layers.Layer) and not is_input:
        config["dtype"] = "float32"
    return type(layer).from_config(config)


def update(average, network, *, half_life, batch_size, step):
    """Moves the average towards the weights: a <- w + b (a - w), b = 2^(-batch_size / half_life).

    The half-life is at most a tenth of the examples seen so far, so that the start is forgotten.
    Moving statistics of batch normalisation are averaged too: they must fit the averaged weights.

    Args:
      average: the network that `averaged_copy` returned.
      network: the network in training.
      half_life: float, in examples; 0 makes the average a plain copy.
      batch_size: int or integer scalar tensor, examples in the global batch.
      step: int64 scalar, updates before this one.
    Source: half-life in examples and its ramp as in Karras et al. 2020,
      https://arxiv.org/abs/1912.04958, appendix B. Differs: the fraction of the ramp is ours.
    """
    batch_size = tf.cast(batch_size, tf.float32)
    seen = batch_size * tf.cast(step, tf.float32)
    half_life = tf.minimum(tf.constant(half_life, tf.float32), 0.1 * seen)
    keep = tf.where(half_life > 0.0, 2.0 ** (-batch_size / tf.maximum(half_life, 1e-6)), 0.0)
    for mean, weight in zip(average.variables, network.variables, strict=True):
        value = tf.convert_to_tensor(weight)
        if value.dtype.is_floating:
            value += tf.cast(keep, value.dtype) * (tf.convert_to_tensor(mean) - value)
        mean.assign(value)
