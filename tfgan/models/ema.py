"""Exponential moving averages (EMA) of weights, which give better samples than the last weights."""

import warnings

import keras
import tensorflow as tf

from tfgan import layers
from tfgan.models import mixed_precision


def averaged_copy(network):
    """A float32 copy of a functional network, not trained, for the running average of its weights.

    Raises: ValueError for a layer that cannot be made from its config.
    """
    with warnings.catch_warnings(action="ignore"), mixed_precision.computing_in("float32"):
        copy = keras.models.clone_model(network, clone_function=_in_float32, recursive=True)
    copy.trainable = False
    for mean, weight in zip(copy.weights, network.weights, strict=True):
        mean.assign(weight)
    return copy


def copy_or_itself(network):
    """`averaged_copy`, or the network itself if a layer cannot be copied."""
    try:
        return averaged_copy(network)
    except ValueError:
        return network


def check(pairs, half_life):
    """Raises ValueError for a negative half-life, or one above 0 of a network without a copy."""
    if not callable(half_life) and not half_life >= 0:
        raise ValueError(
            f"average_half_life must be 0 or more, or a function of the step; received {half_life}."
        )
    for average, network in pairs:
        if half_life and average is network:
            averaged_copy(network)  # raises with the name of the layer


class StalenessWatch:
    """Detects stale averages, such as after weights were loaded into a network alone.

    An average is stale if its network has changed since the last step and the average has not;
    before the first step, if the two differ.
    """

    def __init__(self):
        self._recorded = None

    def record(self, step, pairs):
        """Records the state of pairs (average, network in training) after a number of steps."""
        self._recorded = step, *_sums(pairs)

    def is_stale(self, step, pairs):
        """Whether an average is stale; arguments: see `record`."""
        if step and (self._recorded is None or self._recorded[0] != step):
            return False
        averages, weights = _sums(pairs)
        if not step:
            return averages != weights
        return self._recorded[1] == averages and self._recorded[2] != weights


def _sums(pairs):
    """The sum of each variable: (list for the averages, list for the networks)."""
    return tuple(
        [
            float(tf.reduce_sum(tf.cast(tf.convert_to_tensor(v), tf.float64)))
            for network in networks
            for v in network.variables
        ]
        for networks in zip(*pairs, strict=True)
    )


def _in_float32(layer):
    try:
        return type(layer).from_config(_with_float32(layer.get_config()))
    except Exception as error:  # of any kind, as the code may be the user's
        raise ValueError(
            f"{layer.name} of class {type(layer).__name__} cannot be copied for a running average: "
            "give it a get_config that returns the arguments of its constructor, or use "
            "average_half_life=0."
        ) from error


def _with_float32(config):
    """The config of a layer and its sublayers with float32 for all floating-point types."""
    if isinstance(config, list):
        return [_with_float32(value) for value in config]
    if not isinstance(config, dict):
        return config

    def is_float(key, value):  # a type or a precision policy
        return key == "dtype" and (not isinstance(value, str) or "float" in value)

    return {
        key: "float32" if is_float(key, value) else _with_float32(value)
        for key, value in config.items()
    }


def update(average, network, *, half_life, batch_size, step):
    """Moves the average towards the weights: a <- w + b (a - w), b = 2^(-batch_size / half_life).

    A half-life that is a number is at most a tenth of the examples so far: the initial weights lose
    their influence. One that is a function of the step is taken as it is, and should start at 0.
    Moving statistics of batch normalization are averaged too, to fit the average, and so are the
    vectors of spectral normalization, which a power iteration makes those of the average.

    Args:
      average: the result of `copy_or_itself`.
      network: the network in training.
      half_life: float, or function of the step, in examples; 0 makes the average a plain copy.
      batch_size: int or integer scalar tensor, examples in the global batch.
      step: int64 scalar, the number of earlier updates.
    Source: Karras et al. 2020, https://arxiv.org/abs/1912.04958, appendix B.
    Differs: the fraction of a tenth.
    """
    is_copy = isinstance(half_life, int | float) and not half_life
    batch_size = tf.cast(batch_size, tf.float32)
    if callable(half_life):
        half_life = tf.cast(half_life(step), tf.float32)
    else:
        seen = batch_size * tf.cast(step, tf.float32)
        half_life = tf.minimum(tf.constant(half_life, tf.float32), 0.1 * seen)
    keep = tf.where(half_life > 0.0, 2.0 ** (-batch_size / tf.maximum(half_life, 1e-6)), 0.0)
    if average is network:
        return
    for mean, weight in zip(average.variables, network.variables, strict=True):
        value, old = tf.convert_to_tensor(weight), tf.convert_to_tensor(mean)
        if value.dtype.is_floating:
            value = tf.cast(value, old.dtype)
            value += tf.cast(keep, old.dtype) * (old - value)
        mean.assign(value)
    if not is_copy:
        layers.power_iteration(average)
