"""The present values of all that follows a schedule in a model's training, for logs."""

import tensorflow as tf

from tfgan import terms
from tfgan.models import mixed_precision


def of_model(model):
    """The numbers of the next step that are functions of the steps so far.

    Args:
      model: compiled `GenerativeModel`.
    Returns: dict of float: `learning_rate` and `beta_2`, or `PLAYER_learning_rate` where players
      differ; `TERM_weight` by the function of a term; `average_half_life`.
    """
    players = {
        name: mixed_precision.unwrapped(player.optimizer) for name, player in model.players.items()
    }
    values = {}
    for quantity in ("learning_rate", "beta_2"):
        values |= _of_players(quantity, players)
    step = tf.convert_to_tensor(model.step)
    for term in model.terms:
        if callable(term.weight):
            values[f"{terms.name_of(term.function)}_weight"] = _number(term.weight_at(step))
    if callable(model.average_half_life):
        values["average_half_life"] = _number(model.average_half_life(step))
    return values


def _of_players(quantity, optimizers):
    values = {
        name: _number(getattr(optimizer, quantity))
        for name, optimizer in optimizers.items()
        if callable(getattr(optimizer, f"_{quantity}", None))
    }
    if len(values) == len(optimizers) and len(set(values.values())) == 1:
        return {quantity: next(iter(values.values()))}
    return {f"{name}_{quantity}": value for name, value in values.items()}


def _number(value):
    return float(tf.convert_to_tensor(value))
