"""The running average of a network's weights, which samples better than the weights themselves."""

import warnings

import keras
import tensorflow as tf

from tfgan.models import mixed_precision


def averaged_copy(network):
    """A copy of a network that is never trained, to hold the running average of its weights.

    It computes in float32, whatever the network does.

    Args:
      network: functional `keras.Model`; networks of other kinds may be layers of it.
    Raises: ValueError for a layer that does not say how to make another one like it.
    """
    with warnings.catch_warnings(action="ignore"), mixed_precision.computing_in("float32"):
        copy = keras.models.clone_model(network, clone_function=_in_float32, recursive=True)
    copy.trainable = False
    copy.set_weights(network.get_weights())
    return copy


def copy_or_itself(network):
    """`averaged_copy`, or the network itself, if a layer of it cannot be copied."""
    try:
        return averaged_copy(network)
    except ValueError:
        return network


def check(pairs, half_life):
    """Raises ValueError for a half-life where a network could not be copied.

    Args:
      pairs: sequence of (average, network in training).
      half_life: float, in examples; an average without one needs no copy.
    """
    if not half_life >= 0:
        raise ValueError(f"average_half_life must be 0 or more; received {half_life}.")
    for mean, network in pairs:
        if half_life and mean is network:
            averaged_copy(network)


class Watch:
    """Notices averages of other weights than those of their networks, as after weights were loaded.

    An average is one if its network has not the weights that the last step left, while it is itself
    what it was then; before the first step, if the two differ.
    """

    def __init__(self):
        self._left = None

    def note(self, step, pairs):
        """Keeps what a step has left.

        Args:
          step: int, steps done.
          pairs: sequence of (average, network in training).
        """
        self._left = step, *_sums(pairs)

    def is_stale(self, step, pairs):
        """Whether there is such an average; the arguments are those of `note`."""
        if step and (self._left is None or self._left[0] != step):
            return False
        means, weights = _sums(pairs)
        if not step:
            return means != weights
        return self._left[1] == means and self._left[2] != weights


def _sums(pairs):
    """(those of the averages, those of the networks): a sum per variable, to tell values apart."""
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
    except Exception as error:  # of any kind: the code may be the user's
        raise ValueError(
            f"{layer.name} of class {type(layer).__name__} cannot be copied for a running average: "
            "give it a get_config that returns the arguments of its constructor, or use "
            "average_half_life=0."
        ) from error


def _with_float32(config):
    """A layer's config, and those of layers in it, with float32 for types of floating point."""
    if isinstance(config, list):
        return [_with_float32(value) for value in config]
    if not isinstance(config, dict):
        return config
    return {
        key: "float32" if key == "dtype" and _is_floating(value) else _with_float32(value)
        for key, value in config.items()
    }


def _is_floating(dtype):
    """Whether a config names a floating-point type, or a precision policy."""
    return not isinstance(dtype, str) or "float" in dtype


def update(average, network, *, half_life, batch_size, step):
    """Moves the average towards the weights: a <- w + b (a - w), b = 2^(-batch_size / half_life).

    The half-life is at most a tenth of the examples seen so far, so that the start is forgotten.
    Moving statistics of batch normalization are averaged too: they must fit the averaged weights.

    Args:
      average: the network that `copy_or_itself` returned.
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
    if average is network:
        return
    for mean, weight in zip(average.variables, network.variables, strict=True):
        value, old = tf.convert_to_tensor(weight), tf.convert_to_tensor(mean)
        if value.dtype.is_floating:
            value = tf.cast(value, old.dtype)
            value += tf.cast(keep, old.dtype) * (old - value)
        mean.assign(value)
