"""Learning rate schedules over a run, for compiled models."""

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
