"""The learning rates of a compiled model, whoever compiled it."""

import tensorflow as tf

from tfgan import schedules
from tfgan.models import mixed_precision


def follow(model, schedule, steps):
    """Gives the optimizers of all players a schedule over a run, in place of their own.

    Each begins at the rate that it was compiled with, and a discriminator that makes several
    updates in a step follows the schedule over all of them.

    Args:
      model: compiled `GenerativeModel` that has taken no step.
      schedule: str, as `schedules.parse` takes it, such as "cosine:0.1".
      steps: int, how many the run takes in all, those before a resumption included.
    Raises: ValueError for another schedule, and for an optimizer whose own schedule begins at 0.
    """
    make = schedules.parse(schedule)
    for name, player in model.players.items():
        optimizer = mixed_precision.unwrapped(player.optimizer)
        updates = steps * (model.discriminator_steps if name == "discriminator" else 1)
        rate = float(tf.convert_to_tensor(optimizer.learning_rate))
        if rate == 0.0 and callable(optimizer._learning_rate):
            raise ValueError(
                f"learning_rate_schedule={schedule} starts from the first rate of each optimizer, "
                f"and the optimizer's own schedule begins at 0 for the {name}: compile the model "
                "with the rate itself, or leave the schedule as it is."
            )
        # Keras' own setter takes the variable of the former rate out of the optimizer's list, and
        # a list that was changed cannot be saved; so states with and without a schedule are alike.
        optimizer._learning_rate = make(rate, updates)
