"""Who is trained, and one gradient step of each."""

import dataclasses

import keras
import tensorflow as tf

from tfgan import replicas
from tfgan.models import microbatches, mixed_precision


@dataclasses.dataclass(frozen=True)
class Player:
    """The variables that one optimizer moves."""

    variables: list
    optimizer: keras.optimizers.Optimizer


def minimize(objective, rows, *players, parts=1, prepare=None):
    """One gradient step of each player on its own loss, from one forward pass.

    All gradients are taken before any is applied, so the players move at the same time.

    Args:
      objective: function -> (losses, logs); one float32 scalar loss per player, the mean over the
        examples at hand; logs is a dict of such means.
      rows: structure of tensors `[b, ...]`, the examples of this replica, which `objective` takes.
      *players: Player.
      parts: int, microbatches, whose gradients are added before a player moves.
      prepare: function of rows, what `objective` takes instead; no gradient flows through it.
    Returns: (logs, list of each player's list of gradients).
    """

    def compute(rows):
        given = rows if prepare is None else prepare(rows)
        with tf.GradientTape(persistent=len(players) > 1) as tape:
            losses, logs = objective(given)
            # Optimizers sum gradients over replicas; the mean over the global batch is wanted.
            scaled = [
                player.optimizer.scale_loss(loss / replicas.count())
                for player, loss in zip(players, losses, strict=True)
            ]
        gradients = [
            tape.gradient(loss, player.variables)
            for player, loss in zip(players, scaled, strict=True)
        ]
        return logs, gradients

    logs, gradients = microbatches.mean(compute, rows, parts)
    pairs = zip(gradients, players, strict=True)
    # Before they are applied, which may change the factor.
    unscaled = [mixed_precision.unscaled(each, player.optimizer) for each, player in pairs]
    for player, gradient in zip(players, gradients, strict=True):
        if player.variables:  # else the player is frozen
            player.optimizer.apply_gradients(zip(gradient, player.variables, strict=True))
    return logs, unscaled
