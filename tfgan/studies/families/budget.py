"""What every family may spend: the same training time, or the same number of examples."""

import dataclasses
import re

_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}


@dataclasses.dataclass(frozen=True)
class Budget:
    """A training time in seconds or a number of examples; the other is None."""

    seconds: float | None = None
    examples: int | None = None

    def __str__(self):
        if self.examples is not None:
            return f"{self.examples:,} examples"
        return f"{self.seconds:g} s of training"

    def steps(self, examples_per_step, step_seconds=None):
        """The number of steps within the budget, at least 1: int. A time needs `step_seconds`."""
        if self.examples is not None:
            return max(1, self.examples // examples_per_step)
        return max(1, int(self.seconds / step_seconds))


def parse(text):
    """The Budget that a string such as "60s", "2min", "1h", "300kimg" or "50000" names."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(s|min|h|kimg)?", text.strip())
    number, unit = (float(match[1]), match[2]) if match else (0.0, None)
    if unit in _UNITS:
        budget = Budget(seconds=number * _UNITS[unit])
    else:
        budget = Budget(examples=round(number * (1000 if unit else 1)))
    is_fraction = unit is None and not number.is_integer()
    if is_fraction or not (budget.seconds or budget.examples):
        raise ValueError(
            "--budget must be a time (60s, 2min, 1h) or a number of examples (50000, 300kimg) "
            f"above 0; received {text!r}."
        )
    return budget
