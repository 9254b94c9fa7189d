"""Path length regularization: a step in the styles moves every image equally far.

>>> from tfgan import terms
>>> terms.Term(PathLength(), "generator", weight=2.0, every=4).name
'path_length'
"""

from typing import Any

import keras
import tensorflow as tf

from tfgan import replicas, rng
from tfgan.terms.staged import Staged
from tfgan.terms.turn import Turn, entry

_EPSILON = 1e-12  # inside the root, whose slope at 0 is infinite


@keras.saving.register_keras_serializable("tfgan")
class PathLength(Staged):
    """(p - a)^2, of a generator with the output `styles` `[batch, layers, d]`.

    p = sqrt(mean over layers of ||J||^2), J the gradient of sum(G(w) y) with respect to a layer's
    styles w, y ~ N(0, 1 / (height width)) per pixel and channel. a is the running mean of p over
    the steps in which the term is due, this one included: a <- decay a + (1 - decay) mean(p),
    divided by 1 - decay^t after t of them. The gradient flows through this step's share of a.

    Under a strategy it is made in its scope, as it owns a variable.

    Args:
      decay: float from 0, below 1.
    Source: Karras et al. 2020, https://arxiv.org/abs/1912.04958, Eq. 4 and appendix B; a weight of
      2, every fourth step and half of the batch there.
    Differs: the latents are those of the step's fakes; the mean, which starts at 0 there and so
      favors short paths at first, is corrected for its start.
    """

    def __init__(self, decay: float = 0.99) -> None:
        if not 0.0 <= decay < 1.0:
            raise ValueError(f"decay must be from 0 and below 1; received {decay!r}.")
        super().__init__(name="path_length")
        self.decay = decay
        # The sums of p and of the weights of the steps.
        self.sums = tf.Variable(
            tf.zeros((2,)),
            name="sums",
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
        )

    def skipped(self, turn: Turn) -> tf.Tensor:
        """Zeros, one for each example."""
        return tf.zeros([rng.count(turn.fake)])

    def measure(self, turn: Turn) -> tf.Tensor:
        """p of each example: float32 `[n]`."""
        conditions = {name: rows for name, rows in turn.real.items() if name != "data"}
        with tf.GradientTape() as tape:
            outputs = turn.generate({**conditions, **turn.latents})
            styles = entry(outputs, "styles", "the generator's outputs")
            data = outputs["data"]
            noise = rng.normal(turn.seed, rng.count(data), tuple(data.shape[1:]))
            pixels = tf.cast(tf.reduce_prod(tf.shape(data)[1:-1]), tf.float32)
            value = tf.reduce_sum(data * noise) / tf.sqrt(pixels)
        squares = tf.square(tf.convert_to_tensor(tape.gradient(value, styles)))
        return tf.sqrt(tf.reduce_mean(tf.reduce_sum(squares, axis=2), axis=1) + _EPSILON)

    def conclude(self, measured: tf.Tensor, is_due: bool | tf.Tensor) -> tf.Tensor:
        """(p - a)^2 of each p in `measured`; a moves if it is due."""
        batch = replicas.mean(tf.reduce_mean(measured), of="The term path_length")
        sums = self.decay * self.sums + (1.0 - self.decay) * tf.stack([batch, 1.0])
        self.sums.assign(tf.where(is_due, tf.stop_gradient(sums), self.sums))
        return tf.square(measured - sums[0] / sums[1])

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor, for `.keras` files."""
        return {"decay": self.decay}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "PathLength":
        """The term of a config, without its state."""
        return cls(**config)
