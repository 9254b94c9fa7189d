"""The values that a parameter of a recipe takes.

>>> from tfgan.parameters.ranges import Interval
>>> 2 in Interval(int, 1, 9), 0 in Interval(int, 1, 9), str(Interval(int, 1, 9))
(True, False, 'a whole number from 1 to 9')
"""

import dataclasses
import math

from tfgan import schedules
from tfgan.augmentations import names


@dataclasses.dataclass(frozen=True)
class Interval:
    """Finite numbers between two bounds.

    Attributes:
      kind: type, int or float.
      low, high: number, or None for no bound.
      above, below: bool, whether `low` or `high` itself is excluded.
    """

    kind: type
    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False

    def __contains__(self, value):
        if type(value) is not self.kind or not math.isfinite(value):
            return False
        low, high = self.low, self.high
        is_low = low is not None and (value <= low if self.above else value < low)
        is_high = high is not None and (value >= high if self.below else value > high)
        return not (is_low or is_high)

    def __str__(self):
        """ "a whole number from 1 to 9", "a number above 0", "a number, at least 0 and below 1"."""
        noun = "a whole number" if self.kind is int else "a number"
        if None not in (self.low, self.high) and not (self.above or self.below):
            return f"{noun} from {_written(self.low)} to {_written(self.high)}"
        bounds = []
        if self.low is not None:
            bounds.append(f"{'above' if self.above else 'at least'} {_written(self.low)}")
        if self.high is not None:
            bounds.append(f"{'below' if self.below else 'at most'} {_written(self.high)}")
        comma = "," if bounds and not self.above else ""
        return f"{noun}{comma} {' and '.join(bounds)}".rstrip()


class Schedule:
    """The strings of `schedules.parse`, and "recipe" for the recipe's own rates."""

    def __contains__(self, value):
        try:
            return value == "recipe" or bool(schedules.parse(value))
        except ValueError:
            return False

    def __str__(self):
        return f"recipe, {schedules.SYNTAX}"


class Augmentation:
    """The strings of `augmentations.names`."""

    def __contains__(self, value):
        try:
            return value == names.NONE or bool(names.parse(value))
        except ValueError:
            return False

    def __str__(self):
        return names.SYNTAX


def _written(bound):
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:,g}"
