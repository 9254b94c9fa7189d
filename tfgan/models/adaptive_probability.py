"""The state of an adaptive p: it rises while the discriminator is right about most real examples.

>>> import tensorflow as tf
>>> from tfgan.augmentations import Adaptive
>>> state = AdaptiveProbability(Adaptive(kimg=1.0, every=1))
>>> state.observe(signs=1.0, share=1.0)
>>> state.finish_step(step=0, examples=64)
>>> round(float(state.p), 3)
0.064
"""

import tensorflow as tf


class AdaptiveProbability(tf.Module):
    """p and what it follows, as one variable that checkpoints hold; equal on all replicas.

    Args:
      rule: `augmentations.Adaptive`.
    Source: Karras et al. 2020, https://arxiv.org/abs/2006.06676, section 3.1.
    """

    def __init__(self, rule):
        super().__init__(name="augmentation")
        self.rule = rule
        # p, and since it moved: the sums of the mean signs and of the shares of real examples that
        # they are of, and the number of real examples.
        self.numbers = tf.Variable(
            tf.zeros((4,)),
            name="numbers",
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    @property
    def p(self):
        """The probability: float32 scalar tensor."""
        return tf.convert_to_tensor(self.numbers)[0]

    def observe(self, signs, share):
        """Counts a discriminator's step.

        Args:
          signs: float32 scalar, the mean over the global batch of sign D(x), 0 where x is a fake.
          share: float32 scalar, the share of the batch that is real.
        """
        self.numbers.assign_add(tf.stack([0.0, signs, share, 0.0]))

    def finish_step(self, step, examples):
        """Counts a step, and moves p at the end of every `rule.every` of them.

        Args:
          step: int or integer scalar tensor, the steps before this one.
          examples: int or integer scalar tensor, real examples, over all replicas.
        """
        p, signs, share, count = tf.unstack(self.numbers)
        count += tf.cast(examples, tf.float32)
        direction = tf.sign(tf.math.divide_no_nan(signs, share) - self.rule.target)
        moved = tf.clip_by_value(
            p + direction * count / (1000.0 * self.rule.kimg), 0.0, self.rule.limit
        )
        is_due = tf.equal(tf.math.floormod(step + 1, self.rule.every), 0)
        waiting = tf.stack([p, signs, share, count])
        self.numbers.assign(tf.where(is_due, tf.stack([moved, 0.0, 0.0, 0.0]), waiting))
