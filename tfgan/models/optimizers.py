"""Optimizers by player, and all of them combined for the callbacks of Keras.

>>> optimizers = by_player("adam", ["generator", "discriminator"])
>>> type(optimizers["generator"]).__name__, list(optimizers)
('Adam', ['generator', 'discriminator'])
"""

import dataclasses

import keras


@dataclasses.dataclass(frozen=True)
class Player:
    """The variables that one optimizer moves."""

    variables: list
    optimizer: keras.optimizers.Optimizer


def by_player(optimizers, players, optional=()):
    """The optimizers in an argument of `compile`, one per player.

    Args:
      optimizers: dict by player of optimizers, their names or configs; None for an optional player
        that is not trained. One name stands for one optimizer per player; for a model of one player
        it may be the optimizer itself.
      players: list of str.
      optional: sequence of str, the players that may be missing.
    Returns: dict of `keras.optimizers.Optimizer` by player, in the order of `players`.
    Raises: ValueError for anything else.
    """
    if isinstance(optimizers, dict):
        optimizers = {name: each for name, each in optimizers.items() if each is not None}
    needed = [name for name in players if name not in optional]
    per_player = isinstance(optimizers, dict) and (not optimizers or set(optimizers) & set(players))
    if not per_player:
        if len(needed) > 1 and not isinstance(optimizers, str):
            raise ValueError(
                f"optimizers must be a dict with an optimizer for each of {', '.join(needed)}; "
                f"received {optimizers!r}."
            )
        optimizers = dict.fromkeys(needed, optimizers)
    if set(optimizers) - set(players) or set(needed) - set(optimizers):
        raise ValueError(
            f"optimizers must name {', '.join(needed)}"
            + (f" and may name {', '.join(optional)}" if optional else "")
            + f"; received {', '.join(map(str, optimizers)) or 'none'}."
        )
    resolved = {name: _optimizer(name, optimizers[name]) for name in players if name in optimizers}
    if len(set(map(id, resolved.values()))) < len(resolved):
        raise ValueError("Each player needs an optimizer of its own; received one for several.")
    return resolved


class CombinedOptimizer:
    """The optimizers of all players as one, `model.optimizer`, for the callbacks of Keras.

    It is not a part of the model: weights and checkpoints hold the players' optimizers alone.

    Args:
      optimizers: list of `keras.optimizers.Optimizer`, the first player's first.
    """

    built = True  # by `compile`

    def __init__(self, optimizers):
        self._optimizers = optimizers
        self._rates = None

    @property
    def learning_rate(self):
        """The rate of the first player. Setting it multiplies the rates of all by the same factor.

        Raises: TypeError, by Keras, if the rate of a player is a schedule.
        """
        return self._optimizers[0].learning_rate

    @learning_rate.setter
    def learning_rate(self, rate):
        rates = [float(each.learning_rate) for each in self._optimizers]
        for optimizer, unchanged in zip(self._optimizers, rates, strict=True):
            optimizer.learning_rate = unchanged  # a schedule raises before anything has changed
        if rates[0]:
            self._rates = rates  # the reference of the factor while the rate is 0
        if not self._rates:
            raise ValueError(
                "The first player has a learning rate of 0, which no factor changes: set the rate "
                "of each player's optimizer instead."
            )
        for optimizer, before in zip(self._optimizers, self._rates, strict=True):
            optimizer.learning_rate = before * (float(rate) / self._rates[0])

    @property
    def iterations(self):
        """The updates of the first player."""
        return self._optimizers[0].iterations

    @property
    def use_ema(self):
        """Whether an optimizer keeps a moving average of its player's variables."""
        return any(each.use_ema for each in self._inner())

    @property
    def variables(self):
        """The variables of all optimizers, for `summary`."""
        return [variable for each in self._optimizers for variable in each.variables]

    def build(self, variables):
        """Does nothing: `compile` has built the optimizers."""

    def __getattr__(self, name):
        # The other attributes that `SwapEMAWeights` reads.
        if name == "_trainable_variables":
            return [variable for variable, _ in self._averages()]
        if name == "_model_variables_moving_average" and self.use_ema:
            return [average for _, average in self._averages()]
        if name == "_distribution_strategy":
            return self._optimizers[0]._distribution_strategy
        raise AttributeError(f"{type(self).__name__} has no attribute {name}.")

    def _inner(self):
        """The optimizers without loss scaling."""
        return [getattr(each, "inner_optimizer", each) for each in self._optimizers]

    def _averages(self):
        """Pairs (variable, its moving average); of a variable of two players, the first's."""
        pairs = {}
        for optimizer in self._inner():
            if optimizer.use_ema:
                averages = optimizer._model_variables_moving_average
                for pair in zip(optimizer._trainable_variables, averages, strict=True):
                    pairs.setdefault(id(pair[0]), pair)
        return list(pairs.values())


def _optimizer(player, value):
    try:
        return keras.optimizers.get(value)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"The optimizer of the {player} must be a Keras optimizer, the name of one, such as "
            f"'adam', or its config; received {value!r}."
        ) from error
