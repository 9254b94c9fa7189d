"""The information between codes and fakes: a code should be readable from the image it gives.

I(c; G(z, c)) >= H(c) + E log Q(c | G(z, c)), where Q is a head of the discriminator: outputs by
name for fakes, whose codes are latents of the same turn. The terms are -log Q, so that their
minimum is the largest information. H(c) is a constant.

A term of the generator moves the generator alone; a term of the discriminator moves Q and all
layers that it shares with D. Q learns in the discriminator's step only, as in the authors' code.

Source: Chen et al. 2016, https://arxiv.org/abs/1606.03657, Eqs. 4 to 6.

>>> import functools
>>> from tfgan import terms
>>> read = functools.partial(terms.categorical_information, code="digit")
>>> [terms.Term(read, player, weight=1.0).name for player in terms.PLAYERS]
['categorical_information', 'categorical_information']
"""

import math
from collections.abc import Callable

import tensorflow as tf

from tfgan import replicas, rng
from tfgan.terms.turn import Turn, entry

_OUTPUTS = "the discriminator's outputs"
_LATENTS = "the latents"


def categorical_information(
    turn: Turn, *, code: str = "code", output: str | None = None
) -> tf.Tensor:
    """The cross-entropy of a categorical code under Q, for fakes.

    Args:
      code: str, the latent, one-hot `[batch, classes]`.
      output: str, the discriminator's output with logits `[batch, classes]`; None for the same
        name.
    Returns: float32 `[batch]`, in nats; ln(classes) where Q is uniform.
    """
    logits = tf.cast(entry(turn.fake_outputs, output or code, _OUTPUTS), tf.float32)
    return tf.nn.softmax_cross_entropy_with_logits(entry(turn.latents, code, _LATENTS), logits)


def gaussian_information(
    turn: Turn, *, code: str, output: str | None = None, scale: str | None = None
) -> tf.Tensor:
    """The negative log-density of a continuous code under a Gaussian Q, for fakes.

    ((c - m) / s)^2 / 2 + ln s + ln(2 pi) / 2, the sum over the numbers of the code.

    Args:
      code: str, the latent, `[batch, size]`.
      output: str, the discriminator's output m, `[batch, size]`; None for the same name.
      scale: str, the output ln s, `[batch, size]`; None for s = 1.
    Returns: float32 `[batch]`, in nats.
    """
    mean = tf.cast(entry(turn.fake_outputs, output or code, _OUTPUTS), tf.float32)
    log_scale = tf.zeros_like(mean)
    if scale is not None:
        log_scale = tf.cast(entry(turn.fake_outputs, scale, _OUTPUTS), tf.float32)
    standardized = (entry(turn.latents, code, _LATENTS) - mean) * tf.exp(-log_scale)
    return tf.reduce_sum(
        0.5 * tf.square(standardized) + log_scale + 0.5 * math.log(2.0 * math.pi), axis=-1
    )


def invariance(
    turn: Turn, *, view: Callable[[tf.Tensor, tf.Tensor], tf.Tensor], output: str = "code"
) -> tf.Tensor:
    """Minus the information between the classes of a real example and of a view of it, under Q.

    -I(c; c'), from the joint distribution of both over the global batch, made symmetric. It is
    largest where the classes are equally frequent, sure, and not changed by a view. A categorical
    code then means what views keep, such as the digit, and not its slant or width.

    Args:
      view: function (data `[batch, ...]`, seed int32 `[2]`) -> data of the same shape.
      output: str, the discriminator's output with logits `[batch, classes]`.
    Returns: float32 scalar, in nats, from -ln(classes) to 0.
    Source: Ji et al. 2019 (IIC), https://arxiv.org/abs/1807.06653, Eqs. 2 and 3.
    """
    one, other = (
        tf.nn.softmax(tf.cast(entry(outputs, output, _OUTPUTS), tf.float32))
        for outputs in (turn.real_outputs, turn.outputs_for(view(turn.real["data"], turn.seed)))
    )
    joint = tf.matmul(one, other, transpose_a=True) / tf.cast(rng.count(one), tf.float32)
    joint = replicas.mean(joint, of="invariance")
    joint = tf.maximum(0.5 * (joint + tf.transpose(joint)), 1e-12)
    of_class = tf.reduce_sum(joint, axis=1)
    independent = of_class[:, None] * of_class[None, :]
    return -tf.reduce_sum(joint * tf.math.log(joint / independent))
