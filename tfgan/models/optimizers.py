"""Optimizers by player: what `compile` takes, resolved once."""

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
    needed = [name for name in players if name not in optional]
    if not _is_by_player(given, players):
        if len(needed) > 1 and not isinstance(given, str):
            raise ValueError(
                f"optimizers must be a dict with an optimizer for each of {', '.join(needed)}; "
                f"received {given!r}."
            )
        given = dict.fromkeys(needed, given)
    unknown = [name for name in given if name not in players]
    missing = [name for name in needed if given.get(name) is None]
    if unknown or missing:
        raise ValueError(
            f"optimizers must name {', '.join(needed)}"
            + (f" and may name {', '.join(optional)}" if optional else "")
            + f"; received {', '.join(map(str, given)) or 'none'}."
        )
    resolved = {
        name: _optimizer(name, given[name]) for name in players if given.get(name) is not None
    }
    if len(set(map(id, resolved.values()))) < len(resolved):
        raise ValueError("Each player needs an optimizer of its own; received one for several.")
    return resolved


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
