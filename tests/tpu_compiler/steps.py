"""Training steps of recipes as StableHLO."""

import dataclasses

import tensorflow as tf

from tfgan import recipes
from tfgan.data import DataSpec

_DIGITS = DataSpec((28, 28, 1), "images", 10, tuple(map(str, range(10))))


@dataclasses.dataclass(frozen=True)
class Step:
    """A training step.

    Attributes:
      model: `GenerativeModel`.
      text: str, StableHLO.
      batch_arguments: int, the first arguments, which are the batch.
    """

    model: object
    text: str
    batch_arguments: int

    @property
    def gradient_bytes(self):
        """The bytes of the gradients of each player: dict by name."""
        return {
            name: sum(4 * int(tf.size(variable)) for variable in variables)
            for name, variables in self.model.player_variables.items()
        }


def lowered(name, batch_size, **parameters):
    """The step of a recipe on digits: `Step`."""
    recipe = recipes.make(name, {"batch_size": batch_size, **parameters})
    model = recipe.build(_DIGITS, 0)
    rows = batch_size * model.discriminator_steps
    batch = {"data": tf.zeros((rows, *_DIGITS.shape), tf.uint8)}
    if model.classes:
        batch["label"] = tf.zeros((rows,), tf.int32)
    step = tf.function(model.train_step, autograph=False, jit_compile=True)
    text = step.experimental_get_compiler_ir(batch)(stage="stablehlo")
    return Step(model, text, len(batch))
