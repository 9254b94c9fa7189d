"""Learning rate schedules over a run, for compiled models."""

import keras
import tensorflow as tf

from tfgan import schedules
from tfgan.models import mixed_precision


def set_schedule(model, schedule, steps):
    """Replaces the learning rates of all players by a schedule over a run.

    Each rate starts at the value with which the optimizer was compiled. The schedule of a
    discriminator with several updates per step extends over all of them.

    Args:
      model: compiled `GenerativeModel` before its first step.
      schedule: str, see `schedules.parse`, such as "cosine:0.1".
      steps: int, the total number of steps of the run, those before a resumption included.
    Raises: ValueError for an unknown schedule, and for an optimizer whose schedule starts at 0.
    """
    make_schedule = schedules.parse(schedule)
    for name, player in model.players.items():
        optimizer = mixed_precision.unwrapped(player.optimizer)
        updates = steps * (model.discriminator_steps if name == "discriminator" else 1)
        rate = float(tf.convert_to_tensor(optimizer.learning_rate))
        if rate == 0.0 and callable(optimizer._learning_rate):
            raise ValueError(
                f"learning_rate_schedule={schedule} starts from the first rate of each optimizer, "
                f"and the schedule of the {name}'s optimizer starts at 0: compile the model with a "
                "constant rate, or use no learning_rate_schedule."
            )
        # Keras' setter removes the variable of the former rate from the optimizer's list, which
        # then cannot be saved. So states with and without a schedule are alike.
        optimizer._learning_rate = make_schedule(rate, updates)


@keras.saving.register_keras_serializable("tfgan")
class ConstantThenLinear(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that is constant for some updates and then falls linearly to 0.

    Args:
      rate: float, the first rate.
      constant: int, the updates with this rate.
      updates: int, after which the rate is 0; at most `constant` for a rate that never falls.
    """

    def __init__(self, rate, constant, updates):
        self.rate, self.constant, self.updates = rate, constant, updates

    def __call__(self, step):
        rest = tf.cast(self.updates - tf.cast(step, tf.int64), tf.float32)
        falling = max(1, self.updates - self.constant)
        share = tf.clip_by_value(rest / falling, 0.0, 1.0) if self.updates > self.constant else 1.0
        return tf.cast(self.rate * share, tf.float32)

    def get_config(self):
        return {"rate": self.rate, "constant": self.constant, "updates": self.updates}
