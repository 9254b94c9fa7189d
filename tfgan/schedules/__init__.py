"""Learning rates, and other numbers, over a run.

A schedule is a function of the updates so far. Anything that says so takes one: the rate of an
optimizer, `beta_2` of `models.ScheduledAdam`, the weight of a term, the half-life of the running
average. As it has no state, a resumed run continues it exactly.

Symbols: r the initial rate, f the final fraction of it, t in [0, 1] the elapsed fraction; n the
examples so far.

  constant     r
  linear       r (1 - (1 - f) t)
  cosine       r (f + (1 - f) (1 + cos(pi t)) / 2)
  burn_in      b + (a - b) (1 + cos(pi n / T)) / 2 for n < T, then b

>>> from tfgan import schedules
>>> rate = schedules.parse("linear:0.1")(1.0, updates=100)
>>> [round(float(rate(step)), 2) for step in (0, 50, 100)]
[1.0, 0.55, 0.1]
>>> beta_2 = schedules.burn_in(0.9, 0.99, kimg=2, batch_size=10)
>>> [round(float(beta_2(step)), 3) for step in (0, 100, 200, 300)]
[0.9, 0.945, 0.99, 0.99]
"""

import functools


def constant(rate, updates):
    """The same rate in every update; arguments and result: see `linear`."""
    return linear(rate, updates, 1.0)


def linear(rate, updates, final=0.0):
    """A rate that falls linearly.

    Args:
      rate: float, r.
      updates: int, the updates until the final rate.
      final: float in [0, 1], f.
    Returns: `keras.optimizers.schedules.LearningRateSchedule`.
    """
    return _keras().PolynomialDecay(rate, max(1, updates), rate * final)


def cosine(rate, updates, final=0.0):
    """A rate that falls slowly, then fast, then slowly.

    Args and Returns: see `linear`.
    Source: Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983, Eq. 5, without restarts.
    """
    return _keras().CosineDecay(rate, max(1, updates), alpha=final)


def burn_in(first, last, kimg, batch_size):
    """A number that moves from a to b along a cosine in the first examples of a run, and stays.

    Args:
      first, last: float, a and b.
      kimg: float, 0 or more, T in thousands of real examples.
      batch_size: int, real examples per update, over all devices.
    Returns: `keras.optimizers.schedules.LearningRateSchedule`.
    Raises: ValueError for numbers out of range.
    Source: Huang et al. 2024, https://arxiv.org/abs/2501.05441, appendix D.
    """
    from tfgan.schedules.over_examples import BurnIn

    return BurnIn(first, last, round(1000 * kimg), batch_size)


def staircase(value, updates, factor=0.99, final=0.5):
    """A number that is multiplied by a factor every `updates` updates, down to `final`.

    With the defaults it falls from 1 to one half in 69 epochs of `updates` updates, as the share k
    of top-k training.

    Returns: function of the update, int or integer scalar tensor -> float32 scalar tensor.
    """
    return functools.partial(
        staircase_at, value=value, updates=max(1, updates), factor=factor, final=final
    )


def staircase_at(update, *, value, updates, factor, final):
    """The value of `staircase` at an update."""
    from tensorflow import cast, maximum

    epoch = cast(update // updates, "float32")
    return maximum(value * factor**epoch, final)


def parse(text):
    """The schedule that a string describes.

    Args:
      text: str, "constant", "linear" or "cosine", or with f, "linear:0.1" or "cosine:0.1".
    Returns: function (rate, updates) -> `keras.optimizers.schedules.LearningRateSchedule`.
    Raises: ValueError for another string.
    """
    kind, colon, final = text.partition(":")
    kinds = {"constant": constant, "linear": linear, "cosine": cosine}
    if kind in kinds and not colon:
        return kinds[kind]
    if kind in kinds and kind != "constant" and _is_fraction(final):
        return functools.partial(kinds[kind], final=float(final))
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
    """Keras' schedules, imported on use: help parses schedules without TensorFlow."""
    from keras.optimizers import schedules

    return schedules
