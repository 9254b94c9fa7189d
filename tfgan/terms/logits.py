"""Terms of the discriminator's logits alone, which cost no second derivative.

>>> from tfgan import terms
>>> terms.Term(terms.logit_centering, "discriminator", weight=0.01).name
'logit_centering'
"""

from collections.abc import Callable

import tensorflow as tf

from tfgan import rng
from tfgan.terms.turn import Turn
from tfgan.typing import Outputs


def approximate_r1(turn: Turn, *, scale: float = 0.01) -> tf.Tensor:
    """`penalties.r1` to first order: ((D(x) - D(x + s n)) / s)^2, n standard normal noise.

    Its expectation over n is ||grad D(x)||^2 as s falls to 0; D(x) is that of the adversarial loss.
    Both logits are under the same noise of the discriminator and the same augmentation.

    Args:
      scale: float above 0, s.
    Returns: float32 `[batch]`, before the weight, which is that of `penalties.r1`.
    Source: Lin et al. 2025, https://arxiv.org/abs/2501.08316.
    """
    real = turn.real["data"]
    return _squared_slope(turn, turn.real_outputs, turn.real_outputs_near, real, scale)


def approximate_r2(turn: Turn, *, scale: float = 0.01) -> tf.Tensor:
    """`penalties.r2` to first order, as `approximate_r1` at fakes."""
    return _squared_slope(turn, turn.fake_outputs, turn.fake_outputs_near, turn.fake, scale)


def logit_centering(turn: Turn) -> tf.Tensor:
    """(D(x) + D(G(z)))^2: keeps logits of a relativistic loss, which knows differences, near 0.

    Returns: float32, the shape of the logits, before the weight (0.01 in the paper).
    Source: Lin et al. 2025, https://arxiv.org/abs/2511.22475.
    """
    return tf.square(turn.real_outputs["logits"] + turn.fake_outputs["logits"])


def _squared_slope(
    turn: Turn,
    outputs: Outputs,
    outputs_near: Callable[[tf.Tensor], Outputs],
    data: tf.Tensor,
    scale: float,
) -> tf.Tensor:
    noise = rng.normal(turn.seed, rng.count(data), tuple(data.shape[1:]))
    rise = (outputs_near(data + scale * noise)["logits"] - outputs["logits"]) / scale
    return tf.square(tf.reduce_sum(rise, axis=tuple(range(1, len(rise.shape)))))
