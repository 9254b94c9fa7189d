"""Gradient accumulation: a batch is computed in parts, which takes less memory.

The mean over a batch of b examples is the sum over its parts of n_j / b times the mean over part j,
so a step equals that on the whole batch up to rounding, unless a layer combines examples. Random
draws for an example depend on its index in the whole batch (`replicas.microbatch`).
"""

import itertools
import logging

import keras
import tensorflow as tf

from tfgan import layers, replicas, rng

_LOG = logging.getLogger(__name__)

_COMBINES_EXAMPLES = (
    keras.layers.BatchNormalization,
    keras.layers.SpectralNormalization,
    layers.MinibatchDiscrimination,
    layers.Styles,  # its running mean would move once per part
)


def check(parts, networks):
    """Raises ValueError unless a batch can be computed in parts with networks in training."""
    if not isinstance(parts, int) or parts < 1:
        raise ValueError(f"microbatches must be a number of parts from 1; received {parts!r}.")
    if parts == 1:
        return
    for layer in itertools.chain.from_iterable(map(layers.iterate_layers, networks)):
        combines = isinstance(layer, _COMBINES_EXAMPLES) and layer.trainable
        if combines or has_random_state(layer):
            raise ValueError(
                f"The layer {layer.name} ({type(layer).__name__}) combines the examples of a "
                "batch or changes with every call, so microbatches would change the step: use "
                "microbatches=1."
            )


def has_random_state(layer):
    """Whether a layer is a random one of Keras, whose draws depend on its earlier calls."""
    return getattr(layer, "seed_generator", None) is not None


def warn_of_unsaved_random_states(networks):
    """Warns of the first layer whose random draws differ after a resumption."""
    for layer in itertools.chain.from_iterable(map(layers.iterate_layers, networks)):
        if has_random_state(layer):
            _LOG.warning(
                "The layer %s (%s) draws from a state that is not saved, so a resumed run differs "
                "from an uninterrupted one; tfgan.layers has Dropout and GaussianNoise without "
                "such a state.",
                layer.name,
                type(layer).__name__,
            )
            return


def mean(function, rows, parts):
    """The mean over a batch of losses and gradients, computed part by part.

    Args:
      function: structure of rows -> structure of float tensors or None, means over these rows.
      rows: structure of tensors `[b, ...]`.
      parts: int; a batch that is not a multiple of it has a smaller last part.
    Returns: the structure of `function`; sums are float32.
    """
    if parts == 1:
        return function(rows)
    whole = rng.count(tf.nest.flatten(rows)[0])
    size = -(-whole // parts)
    number = -(-whole // size)

    def part(index):
        first = index * size
        is_even = isinstance(whole, int) and whole % size == 0
        count = size if is_even else tf.minimum(size, whole - first)
        slices = tf.nest.map_structure(lambda each: _slice(each, first, count), rows)
        with replicas.microbatch(first, whole):
            means = function(slices)
        share = tf.cast(count, tf.float32) / tf.cast(whole, tf.float32)
        return tf.nest.map_structure(lambda each: _weighted(each, share), means)

    first = part(0)  # outside of the loop, whose variables need a structure
    sums = [each for each in tf.nest.flatten(first) if each is not None]

    def add(index, *sums):
        more = [each for each in tf.nest.flatten(part(index)) if each is not None]
        return index + 1, *(one + other for one, other in zip(sums, more, strict=True))

    # Sequential, so that one part is in memory at a time.
    _, *sums = tf.while_loop(
        lambda index, *_: index < number, add, (1, *sums), parallel_iterations=1
    )
    left = iter(sums)
    flat = [each if each is None else next(left) for each in tf.nest.flatten(first)]
    return tf.nest.pack_sequence_as(first, flat)


def _slice(rows, first, count):
    return tf.slice(rows, tf.stack([first] + [0] * (rows.shape.rank - 1)), [count, *rows.shape[1:]])


def _weighted(value, share):
    """A mean times the fraction of its part, dense and in float32."""
    return None if value is None else share * tf.cast(tf.convert_to_tensor(value), tf.float32)
