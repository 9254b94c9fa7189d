"""What every prior refuses."""

import numbers


class TruncationError(ValueError):
    """The prior has no outer parts that could be cut off."""


def count(name: str, value: object, least: int) -> None:
    """Raises ValueError unless `value` is an int of `least` or more."""
    if not isinstance(value, numbers.Integral) or value < least:
        raise ValueError(f"{name} must be an int of {least} or more, received {value!r}.")


def positive(name: str, value: float) -> None:
    """Raises ValueError unless `value` is above 0."""
    if not value > 0.0:
        raise ValueError(f"{name} must be above 0, received {value!r}.")
