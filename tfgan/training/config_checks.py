"""The values that the fields of a `TrainConfig` accept."""

import os
from collections.abc import Mapping

import numpy as np

from tfgan import choices, memory
from tfgan.parameters import COMMON, Interval

_COUNT = Interval(int, 1)

_FROM_ZERO = (
    "steps", "sample_every", "evaluate_every", "stop_after", "devices", "freeze_discriminator",
)  # fmt: skip
_FROM_ONE = ("batch_size", "log_every", "checkpoint_every", "steps_per_execution", "microbatches")
NUMBERS = {
    **dict.fromkeys(_FROM_ZERO, Interval(int, 0)),
    **dict.fromkeys(_FROM_ONE, _COUNT),
    **dict.fromkeys(("join_timeout", "worker_timeout"), Interval(int, 1, 1_000_000)),  # 11 days
    "seed": Interval(int),
    "evaluate_count": Interval(int, 2),
}
_CHOICES = {
    "crop": choices.CROPS,
    "binarise": ("", *choices.BINARIZATIONS),
    "direction": ("", *choices.DIRECTIONS),
    "resize": ("", *choices.RESIZE_METHODS),
    "strategy": choices.STRATEGIES,
    "precision": ("auto", *choices.PRECISIONS),
    "jit_compile": choices.JIT_COMPILE,
    "channels": choices.CHANNELS,
}
_SWITCHES = ("flip", "jitter", "skip_broken", "gradient_norms")
_MAPPINGS = ("parameters", "change")
_DIRECTORIES = ("workdir", "tensorboard_dir", "export_dir")
_COLORS = {"white": (255, 255, 255), "black": (0, 0, 0)}


def checked(name, value):
    """The value of a field, other than None, normalized; ValueError if the field cannot have it."""
    value = value.item() if isinstance(value, np.generic) else value
    if name in NUMBERS:
        return _one_of(name, value, NUMBERS[name], str(NUMBERS[name]))
    if name == "jit_compile" and isinstance(value, bool):
        return "on" if value else "off"
    if name in _CHOICES:
        return _one_of(name, value, _CHOICES[name], _listed(_CHOICES[name]))
    if name in _SWITCHES:
        return _one_of(name, value, (True, False), "True or False")
    if name in _MAPPINGS:
        return _one_of(name, value, Mapping, "a mapping of values by name")
    return _OTHERS[name](value) if name in _OTHERS else _text(name, value)


def _one_of(name, value, values, description):
    if isinstance(values, tuple):  # 1 == True
        is_valid = any(type(value) is type(each) and value == each for each in values)
    else:
        is_valid = isinstance(value, values) if isinstance(values, type) else value in values
    if not is_valid:
        received = repr(value) if len(repr(value)) < 100 else f"a {type(value).__name__}"
        raise ValueError(f"{name} must be {description}; received {received}.")
    return value


def _listed(values):
    *others, last = (repr(each) for each in values)
    return f"{', '.join(others)} or {last}"


def _text(name, value):
    value = os.fspath(value) if isinstance(value, os.PathLike) else value
    written = ", such as arrays:FILE.npz for arrays that numpy.savez has written"
    text = _one_of(name, value, str, f"a string{written if name == 'data' else ''}")
    return text.rstrip("/") if name in _DIRECTORIES and len(text) > 1 else text


def _image_size(value):
    sides = (value, value) if isinstance(value, int) else value
    is_pair = isinstance(sides, tuple | list) and len(sides) == 2
    if not is_pair or not all(side in _COUNT for side in sides):
        raise ValueError(
            "image_size must be a whole number of pixels, at least 1, or a pair (height, width); "
            f"received {value!r}."
        )
    return tuple(sides)


def _background(value):
    color = _COLORS.get(value.lower()) if isinstance(value, str) else value
    is_color = isinstance(color, tuple | list) and len(color) == 3
    if not is_color or not all(level in Interval(int, 0, 255) for level in color):
        raise ValueError(
            "background must be 'white', 'black' or (red, green, blue) in 0..255; received "
            f"{value!r}."
        )
    return tuple(color)


def _memory(value):
    if isinstance(value, str):
        return memory.parse_bytes(value) if value else 0
    return _one_of("memory", value, Interval(int, 0), "a number of bytes or a string such as '2GB'")


def _metrics(value):
    names = value.split(",") if isinstance(value, str) else value
    if not (isinstance(names, list | tuple) and all(isinstance(each, str) for each in names)):
        raise ValueError(
            "evaluate_metrics must be names in a sequence, or with commas between them; received "
            f"{value!r}."
        )
    return tuple(name.strip() for name in names if name.strip())


_OTHERS = {
    "learning_rate_schedule": COMMON["learning_rate_schedule"].validate,
    "image_size": _image_size,
    "background": _background,
    "memory": _memory,
    "evaluate_metrics": _metrics,
}
