"""Functions of terms: feature matching, L1 distance to a target, classification."""

from collections.abc import Sequence

import tensorflow as tf

from tfgan import replicas
from tfgan.terms.turn import Turn, entry

_OUTPUTS = "the discriminator's outputs"
_BATCH = "the entries of the batch"


def feature_matching(turn: Turn, *, features: str = "features") -> tf.Tensor:
    """The squared distance of the mean features of real examples and fakes; for the generator.

    ||mean f(x) - mean f(G(z))||^2 over the global batch, f an output of the discriminator.

    Args:
      features: str, the output, `[batch, ...]`.
    Returns: float32 scalar.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.1.
    """
    real, fake = (
        replicas.mean(
            tf.reduce_mean(tf.cast(entry(outputs, features, _OUTPUTS), tf.float32), axis=0),
            of="feature_matching",
        )
        for outputs in (turn.real_outputs, turn.fake_outputs)
    )
    return tf.reduce_sum(tf.square(tf.stop_gradient(real) - fake))


def paired_feature_matching(turn: Turn, *, features: Sequence[str]) -> tf.Tensor:
    """The mean absolute difference of the features of a fake and its target; for the generator.

    mean over the layers of mean |f(x, y) - f(x, G(x))|, where y is the real example of the pair.

    Args:
      turn: `Turn` whose real examples are the targets of the fakes.
      features: sequence of str, outputs of the discriminator, `[batch, ...]`.
    Returns: float32 `[batch]`.
    Source: Wang et al. 2018, https://arxiv.org/abs/1711.11585, Eq. 4, here a mean over layers.
    """
    distances = []
    for name in features:
        real, fake = (
            tf.cast(entry(outputs, name, _OUTPUTS), tf.float32)
            for outputs in (turn.real_outputs, turn.fake_outputs)
        )
        difference = tf.abs(tf.stop_gradient(real) - fake)
        distances.append(tf.reduce_mean(difference, axis=list(range(1, difference.shape.rank))))
    return tf.add_n(distances) / len(distances)


def l1(turn: Turn, *, target: str = "target") -> tf.Tensor:
    """The mean absolute difference of a fake and its target; for the generator.

    Args:
      target: str, the entry of the batch with the target of G(z), of its shape.
    Returns: float32 `[batch]`.
    Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, Eq. 3.
    """
    difference = tf.abs(tf.cast(entry(turn.real, target, _BATCH), tf.float32) - turn.fake)
    return tf.reduce_mean(difference, axis=list(range(1, difference.shape.rank)))


def classification(
    turn: Turn, *, of: Sequence[str] = ("real", "fake"), output: str = "label"
) -> tf.Tensor:
    """The cross-entropy of the labels under the discriminator's class logits; for either player.

    Args:
      turn: `Turn` with int32 `label` `[batch]`, 0 or more.
      of: of "real" and "fake", the examples that are classified; only "fake" for the generator.
      output: str, the discriminator's output with a logit per class, `[batch, classes]`.
    Returns: float32 `[batch]`, the sum over `of`.
    Source: Odena et al. 2017, https://arxiv.org/abs/1610.09585, section 3.
    """
    outputs = {"real": lambda: turn.real_outputs, "fake": lambda: turn.fake_outputs}
    entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
    label = entry(turn.real, "label", _BATCH)
    logits = [tf.cast(entry(outputs[each](), output, _OUTPUTS), tf.float32) for each in of]
    return tf.add_n([entropy(label, each) for each in logits])


def labeled_classification(turn: Turn, *, output: str = "label") -> tf.Tensor:
    """The cross-entropy of the real examples whose label is known; for the discriminator.

    Args:
      turn: `Turn` with int32 `label` `[batch]`, -1 for an unlabeled example.
      output: str, the discriminator's output with a logit per class, `[batch, classes]`.
    Returns: float32 `[batch]`, 0 for unlabeled examples and else multiplied by the number of all
      examples per labeled one in the global batch: the mean is that of the labeled examples.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 5.
    """
    label = entry(turn.real, "label", _BATCH)
    logits = tf.cast(entry(turn.real_outputs, output, _OUTPUTS), tf.float32)
    is_known = tf.cast(label >= 0, tf.float32)
    share = replicas.mean(tf.reduce_mean(is_known), of="labeled_classification")
    each = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(label, 0), logits)
    return is_known * each / tf.maximum(share, 1e-7)
