"""Optimizers by player: what `compile` takes, resolved once, and all of them as one for Keras."""

import keras


def resolve(given, players, optional=()):
    """An optimizer for each player.

    Args:
      given: dict by player; each an optimizer, its name or its config; None leaves an optional
        player out. One name is an optimizer of that name per player; for a model of one player
        what is given may be its optimizer.
      players: list of str.
      optional: sequence of str, the players that may be left out.
    Returns: dict of `keras.optimizers.Optimizer` by player, in the order of `players`.
    Raises: ValueError for what is none of these.
    """
    if isinstance(given, dict):
        given = {name: each for name, each in given.items() if each is not None}
    needed = [name for name in players if name not in optional]
    if not _is_by_player(given, players):
        if len(needed) > 1 and not isinstance(given, str):
            raise ValueError(
                f"optimizers must be a dict with an optimizer for each of {', '.join(needed)}; "
                f"received {given!r}."
            )
        given = dict.fromkeys(needed, given)
    unknown = [name for name in given if name not in players]
    missing = [name for name in needed if name not in given]
    if unknown or missing:
        raise ValueError(
            f"optimizers must name {', '.join(needed)}"
            + (f" and may name {', '.join(optional)}" if optional else "")
            + f"; received {', '.join(map(str, given)) or 'none'}."
        )
    resolved = {name: _optimizer(name, given[name]) for name in players if name in given}
    if len(set(map(id, resolved.values()))) < len(resolved):
        raise ValueError("Each player needs an optimizer of its own; received one for several.")
    return resolved


class Together:
    """The optimizers of all players as one, `model.optimizer`, for the callbacks of Keras.

    It is no part of the model: weights and checkpoints hold the players' optimizers alone.

    Args:
      optimizers: list of `keras.optimizers.Optimizer`, the first player's first.
    """

    built = True  # each of them is, by `compile`

    def __init__(self, optimizers):
        self._optimizers = optimizers
        self._rates = None

    @property
    def learning_rate(self):
        """That of the first player. Setting it multiplies the rates of all by the same factor.

        Raises: TypeError, by Keras, if the rate of a player is a schedule.
        """
        return self._optimizers[0].learning_rate

    @learning_rate.setter
    def learning_rate(self, rate):
        now = [float(each.learning_rate) for each in self._optimizers]
        for optimizer, unchanged in zip(self._optimizers, now, strict=True):
            optimizer.learning_rate = unchanged  # a schedule refuses, before anything has changed
        if now[0]:
            self._rates = now  # from which the factor is taken while the rate is 0
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
        """The variables of all optimizers, which `summary` counts."""
        return [variable for each in self._optimizers for variable in each.variables]

    def build(self, variables):
        """Nothing: `compile` has built the optimizers."""

    def __getattr__(self, name):
        # What `SwapEMAWeights` reads of an optimizer beside the above.
        if name == "_trainable_variables":
            return [variable for variable, _ in self._averages()]
        if name == "_model_variables_moving_average" and self.use_ema:
            return [mean for _, mean in self._averages()]
        if name == "_distribution_strategy":
            return self._optimizers[0]._distribution_strategy
        raise AttributeError(f"{type(self).__name__} has no attribute {name}.")

    def _inner(self):
        """The optimizers without the scaling of losses."""
        return [getattr(each, "inner_optimizer", each) for each in self._optimizers]

    def _averages(self):
        """Pairs (variable, its moving average); of a variable of two players, the first's."""
        pairs = {}
        for optimizer in self._inner():
            if optimizer.use_ema:
                means = optimizer._model_variables_moving_average
                for variable, mean in zip(optimizer._trainable_variables, means, strict=True):
                    pairs.setdefault(id(variable), (variable, mean))
        return list(pairs.values())


def _is_by_player(given, players):
    return isinstance(given, dict) and (not given or bool(set(given) & set(players)))


def _optimizer(player, given):
    try:
        return keras.optimizers.get(given)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"The optimizer of the {player} must be a Keras optimizer, the name of one, such as "
            f"'adam', or its config; received {given!r}."
        ) from error
