"""Label flips, instance noise and top-k: changes of a training step that keep the game stable.

>>> import tensorflow as tf
>>> best = Stabilizers(top_k=0.5)
>>> losses, logits = tf.constant([[1.0], [2.0]]), tf.constant([[-3.0], [3.0]])
>>> best.of_the_best(losses, logits, step=0).numpy().tolist()  # their mean is that of the best
[0.0, 4.0]
"""

import dataclasses
import math
from collections.abc import Callable

import tensorflow as tf

from tfgan import replicas, rng


@dataclasses.dataclass(frozen=True)
class Stabilizers:
    """Settings of a GAN's training step. An evaluation applies none of them.

    Each is a number, or a function of the step, such as `schedules.linear(0.1, 10_000)`.

    Attributes:
      label_flip: from 0 up to .5, the probability with which a real example and the fake beside it
        exchange their targets in the discriminator's loss. D* = ((1 - q) p + q p_g) / (p + p_g).
      instance_noise: standard deviation, 0 or more, of Gaussian noise on all that the discriminator
        receives, real and fake alike: both densities are smoothed by the same kernel.
      top_k: share, above 0 and up to 1, of the global batch of fakes that the generator learns
        from: those with the highest logits.
    Raises: ValueError for a number out of range.
    Source: noise, Sønderby et al. 2017, https://arxiv.org/abs/1610.04490; top-k, Sinha
      et al. 2020, https://arxiv.org/abs/2002.06224.
    """

    label_flip: float | Callable = 0.0
    instance_noise: float | Callable = 0.0
    top_k: float | Callable = 1.0

    def __post_init__(self):
        _check("label_flip", self.label_flip, lambda q: 0.0 <= q <= 0.5, "from 0 to 0.5")
        _check("instance_noise", self.instance_noise, lambda s: 0.0 <= s < math.inf, "0 or more")
        _check("top_k", self.top_k, lambda k: 0.0 < k <= 1.0, "above 0 and at most 1")

    def noisy(self, data, step, stream, purpose):
        """Data `[batch, ...]` with instance noise.

        Args:
          data: float32 `[batch, ...]`.
          step: int or integer scalar tensor.
          stream: function, purpose -> int32 `[2]` seed.
          purpose: str, of the discriminator's call.
        """
        if self.instance_noise == 0.0:
            return data
        seed = stream(f"instance noise, {purpose}")
        noise = rng.normal(seed, rng.count(data), tuple(data.shape[1:]))
        return data + _at(self.instance_noise, step) * noise

    def flipped(self, real_logits, fake_logits, step, turn):
        """The logits in the places of their targets, which some pairs exchange.

        Args:
          real_logits, fake_logits: float32 `[rows, ...]`, a row per example or per pack.
          step: int or integer scalar tensor.
          turn: `terms.Turn`, of whose name the draws are a function.
        Returns: (logits with the target of real, logits with the target of fake).
        """
        if self.label_flip == 0.0:
            return real_logits, fake_logits
        seed = turn.stream(f"label flip, {turn.name}")
        # By the index of the example, so that a microbatch of packs has its own.
        examples = rng.count(turn.fake)
        draws = rng.uniform(seed, examples)[:: examples // rng.count(fake_logits)]
        is_flipped = _column(draws < _at(self.label_flip, step), fake_logits)
        return (
            tf.where(is_flipped, fake_logits, real_logits),
            tf.where(is_flipped, real_logits, fake_logits),
        )

    def of_the_best(self, loss, fake_logits, step):
        """The generator's losses, those of all but the best fakes 0; the mean is that of the best.

        Args:
          loss: float32 `[rows, ...]`.
          fake_logits: float32 `[rows, ...]`; a fake with several, of patches, counts by their mean.
          step: int or integer scalar tensor.
        Returns: float32 `[rows]`, times rows / k.
        Raises: ValueError in a microbatch.
        """
        if self.top_k == 1.0:
            return loss
        if replicas.in_microbatch():
            raise ValueError(
                "top_k needs the logits of the whole batch, which microbatches do not give: use "
                "microbatches=1."
            )
        scores = tf.stop_gradient(_mean_per_row(fake_logits))
        everyone = replicas.gather(scores)
        best_first = tf.argsort(everyone, direction="DESCENDING", stable=True)
        rank = tf.argsort(best_first)  # of each row of the global batch
        rows = rng.count(scores)
        rank = tf.slice(rank, [replicas.index() * rows], [rows])
        count = tf.cast(rng.count(everyone), tf.float32)
        k = tf.maximum(1.0, tf.round(_at(self.top_k, step) * count))
        is_best = tf.cast(tf.cast(rank, tf.float32) < k, tf.float32)
        return _mean_per_row(loss) * is_best * count / k


def _check(name, value, accepts, words):
    if not callable(value) and not (isinstance(value, int | float) and accepts(value)):
        raise ValueError(
            f"{name} must be a number, {words}, or a function of the step; received {value!r}."
        )


def _at(value, step):
    return tf.cast(value(step) if callable(value) else value, tf.float32)


def _mean_per_row(values):
    return tf.reduce_mean(values, axis=list(range(1, values.shape.rank)))


def _column(values, like):
    """`[n]` as `[n, 1, ..., 1]`, of the rank of another tensor."""
    return tf.reshape(values, [-1] + [1] * (like.shape.rank - 1))
