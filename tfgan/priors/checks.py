"""Checks of the arguments of priors, and priors that cannot be truncated."""

import numbers
from typing import NoReturn


class TruncationError(ValueError):
    """The prior has no outer parts that could be cut off."""


class Untruncatable:
    """A prior without outer parts; `_reason` ends the sentence of the error."""

    truncation_range: tuple[float, float] | None = None
    _reason = ""

    def truncated(self, threshold: float) -> NoReturn:
        """Raises TruncationError."""
        raise TruncationError(f"A {type(self).__name__} prior cannot be truncated: {self._reason}.")


def count(name: str, value: object, least: int) -> None:
    """Raises ValueError unless `value` is an int of `least` or more."""
    if not isinstance(value, numbers.Integral) or value < least:
        raise ValueError(f"{name} must be an int of {least} or more; received {value!r}.")


def positive(name: str, value: float) -> None:
    """Raises ValueError unless `value` is above 0."""
    if not value > 0.0:
        raise ValueError(f"{name} must be above 0; received {value!r}.")
