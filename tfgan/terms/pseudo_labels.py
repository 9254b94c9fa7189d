"""Pseudo-labels: a classifier teaches itself the labels that it is sure of."""

import tensorflow as tf

from tfgan.terms.turn import Turn, entry

_OUTPUTS = "the discriminator's outputs"


def pseudo_label(turn: Turn, *, threshold: float = 0.95, output: str = "label") -> tf.Tensor:
    """The cross-entropy of the class that the classifier is sure of; for the discriminator.

    The class is that of its outputs for the real examples. It is learned from a second pass of the
    same examples, with other draws of the network's noise, dropout and views, and has no gradient.
    Examples with a label count too.

    Args:
      turn: `Turn` whose discriminator has layers that draw, such as `layers.RandomAffine`.
      threshold: float in 0..1, the least probability of a class that is learned.
      output: str, the discriminator's output with a logit per class, `[batch, classes]`.
    Returns: float32 `[batch]`, 0 for examples whose most probable class is below the threshold.
    Source: Sohn et al. 2020 (FixMatch), https://arxiv.org/abs/2001.07685, Eq. 4, here with
      two views of the same strength.
    """
    first, second = (
        tf.cast(entry(outputs, output, _OUTPUTS), tf.float32)
        for outputs in (turn.real_outputs, turn.outputs_for(turn.real["data"]))
    )
    probabilities = tf.stop_gradient(tf.nn.softmax(first))
    is_sure = tf.cast(tf.reduce_max(probabilities, axis=1) >= threshold, tf.float32)
    target = tf.argmax(probabilities, axis=1)
    return is_sure * tf.nn.sparse_softmax_cross_entropy_with_logits(target, second)
