"""LeCam regularization: the logits of each side stay near the running mean of the other's.

>>> from tfgan import terms
>>> terms.Term(LeCam(), "discriminator", weight=0.3).name
'lecam'
"""

from typing import Any

import keras
import tensorflow as tf

from tfgan import replicas
from tfgan.terms.turn import Turn


@keras.saving.register_keras_serializable("tfgan")
class LeCam(tf.Module):
    """relu(D(x) - a_F)^2 + relu(a_R - D(G(z)))^2, of the discriminator, for little data.

    a_R and a_F are running means of D(x) and D(G(z)) over global batches, this one included, and
    constants for the gradient: a <- decay a + (1 - decay) mean, divided by 1 - decay^t after t
    batches. Under a strategy it is made in its scope, as it owns variables.

    Args:
      decay: float from 0, below 1.
    Source: Tseng et al. 2021, https://arxiv.org/abs/2104.03310, with the bounds of the authors'
      code; a weight of .3 there for the hinge loss.
    """

    def __init__(self, decay: float = 0.99) -> None:
        if not 0.0 <= decay < 1.0:
            raise ValueError(f"decay must be from 0 and below 1; received {decay!r}.")
        super().__init__(name="lecam")
        self.decay = decay
        # The sums of D(x) and D(G(z)) and of the weights of the batches.
        self.sums = tf.Variable(
            tf.zeros((3,)),
            name="sums",
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    def __call__(self, turn: Turn) -> tf.Tensor:
        """The regularization of a turn: float32, the shape of the logits."""
        real, fake = turn.real_outputs["logits"], turn.fake_outputs["logits"]
        means = replicas.mean(
            tf.stack([tf.reduce_mean(real), tf.reduce_mean(fake), 1.0]), of="The term lecam"
        )
        sums = self.decay * self.sums + (1.0 - self.decay) * tf.stop_gradient(means)
        self.sums.assign(sums)
        real_mean, fake_mean = sums[0] / sums[2], sums[1] / sums[2]
        return tf.square(tf.nn.relu(real - fake_mean)) + tf.square(tf.nn.relu(real_mean - fake))

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor, for `.keras` files."""
        return {"decay": self.decay}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "LeCam":
        """The term of a config, without its state."""
        return cls(**config)
