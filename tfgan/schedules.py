"""Learning rates over the steps of a run.

Symbols: r the rate at the beginning, f the fraction of it that is left at the end, t in [0, 1] the
share of the updates that an optimizer has made.

  constant     r
  linear       r (1 - (1 - f) t)
  cosine       r (f + (1 - f) (1 + cos(pi t)) / 2)
"""

import functools


def constant(rate, updates):
    """The same rate in every update.

    Args:
      rate: float, r.
      updates: int, how many there will be.
    Returns: `keras.optimizers.schedules.LearningRateSchedule`.
    """
    return linear(rate, updates, 1.0)


def linear(rate, updates, final=0.0):
    """A rate that falls in a line.

    Args:
      rate: float, r.
      updates: int, over how many it falls; after them it stays.
      final: float in [0, 1], f.
    Returns: `keras.optimizers.schedules.LearningRateSchedule`.
    """
    return _keras().PolynomialDecay(rate, max(1, updates), rate * final)


def cosine(rate, updates, final=0.0):
    """A rate that falls slowly, then fast, then slowly.

    Args:
      rate: float, r.
      updates: int, over how many it falls; after them it stays.
      final: float in [0, 1], f.
    Returns: `keras.optimizers.schedules.LearningRateSchedule`.
    Source: Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983, Eq. 5, without restarts.
    """
    return _keras().CosineDecay(rate, max(1, updates), alpha=final)


def parse(text):
    """The schedule that a text names.

    Args:
      text: str, "constant", "linear" or "cosine"; with f behind the latter two where the rate does
        not fall to 0, as in "cosine:0.1".
    Returns: function (rate, updates) -> `keras.optimizers.schedules.LearningRateSchedule`.
    Raises: ValueError for another text.
    """
    kind, colon, final = text.partition(":")
    falling = {"linear": linear, "cosine": cosine}
    if text == "constant":
        return constant
    if kind in falling and not colon:
        return falling[kind]
    if kind in falling and _is_fraction(final):
        return functools.partial(falling[kind], final=float(final))
    raise ValueError(f"A schedule must be {SYNTAX}; received {text!r}.")


SYNTAX = (
    "constant, linear or cosine, or linear:f or cosine:f, where the fraction f of the rate is left "
    "at the end, from 0 to 1"
)


def _is_fraction(text):
    try:
        return 0.0 <= float(text) <= 1.0
    except ValueError:
        return False


def _keras():
    """Keras' schedules, imported when one is made: the names are read where nothing else is."""
    from keras.optimizers import schedules

    return schedules
