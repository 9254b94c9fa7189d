"""Historical averaging: the weights of a player stay near the mean of all that they have been.

>>> from tfgan import terms
>>> terms.Term(HistoricalAveraging(), "generator", weight=1.0).name
'historical_averaging'
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf

from tfgan.terms.turn import Turn


@keras.saving.register_keras_serializable("tfgan")
class HistoricalAveraging(tf.Module):
    """||theta - mean of theta_1, ..., theta_t||^2, summed over the weights of the term's player.

    theta_t are the weights at the player's t-th step, the present one; the mean is a constant for
    the gradient. `GAN.compile` makes the variables of the state, which are saved with the model.

    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.3.
    """

    def __init__(self) -> None:
        super().__init__(name="historical_averaging")
        self.count: Any = None  # until `build`
        self.means: list[tf.Variable] = []

    def build(self, variables: Sequence[Any]) -> None:
        """Makes the state for the variables of the term's player."""
        shared = {
            "trainable": False,
            "aggregation": tf.VariableAggregation.ONLY_FIRST_REPLICA,
        }
        self.count = tf.Variable(tf.zeros(()), name="count", **shared)
        self.means = [
            tf.Variable(tf.zeros(each.shape), name=f"mean_{index}", **shared)
            for index, each in enumerate(variables)
        ]

    def __call__(self, turn: Turn) -> tf.Tensor:
        """The squared distance of a turn: float32 scalar."""
        count = self.count + 1.0
        self.count.assign(count)
        distances = []
        for variable, mean in zip(turn.variables[turn.player], self.means, strict=True):
            value = tf.cast(tf.convert_to_tensor(variable), tf.float32)
            new = mean + (tf.stop_gradient(value) - mean) / count
            mean.assign(new)
            distances.append(tf.reduce_sum(tf.square(value - new)))
        return tf.add_n(distances)

    def get_config(self) -> dict[str, Any]:
        """The arguments of the constructor, for `.keras` files."""
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "HistoricalAveraging":
        """The term of a config, without its state."""
        return cls(**config)
