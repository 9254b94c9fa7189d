"""The values that fields accept."""

import pathlib

import numpy as np
import pytest

from tfgan.training import TrainConfig


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("steps", -1, "steps must be a whole number, at least 0; received -1."),
        ("steps", True, "steps must be a whole number, at least 0; received True."),
        ("batch_size", 2.5, "batch_size must be a whole number, at least 1; received 2.5."),
        ("log_every", 0, "log_every must be a whole number, at least 1; received 0."),
        ("evaluate_count", 1, "evaluate_count must be a whole number, at least 2; received 1."),
        ("join_timeout", 0, "join_timeout must be a whole number from 1 to 1,000,000; received 0."),
        ("crop", "middle", "crop must be 'center' or 'stretch'; received 'middle'."),
        ("channels", 2, "channels must be 1, 3 or 4; received 2."),
        ("precision", "float8", "precision must be 'auto', .* or 'float16'; received 'float8'."),
        ("jit_compile", "yes", "jit_compile must be 'auto', 'on' or 'off'; received 'yes'."),
        ("flip", "no", "flip must be True or False; received 'no'."),
        ("image_size", (8, 0), r"image_size must be a whole number .*; received \(8, 0\)."),
        ("background", "blue", "background must be 'white', 'black' or .*; received 'blue'."),
        ("memory", "2", "memory must be a number with a unit"),
        ("evaluate_metrics", 3, "evaluate_metrics must be names in a sequence, .*; received 3."),
        (
            "learning_rate_schedule",
            "step",
            "learning_rate_schedule must be recipe, constant, linear or .*; received 'step'.",
        ),
        ("parameters", ["width=4"], "parameters must be a mapping of values by name; received"),
        ("workdir", 3, "workdir must be a string; received 3."),
        ("recipe", object, "recipe must be a string; received"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused_in_one_sentence(field, value, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}") as refused:
        TrainConfig(**{field: value})
    assert "\n" not in str(refused.value)


def test_values_as_python_has_them_are_taken():
    config = TrainConfig(
        workdir=pathlib.Path("runs/a/"), steps=np.int64(3), image_size=32, background="black",
        memory="2GB", evaluate_metrics="fd, kd", jit_compile=True,
    )  # fmt: skip
    assert config.workdir == "runs/a" and config.steps == 3 and type(config.steps) is int
    assert config.image_size == (32, 32) and config.background == (0, 0, 0)
    assert config.memory == 2**31 and config.evaluate_metrics == ("fd", "kd")
    assert config.jit_compile == "on"
    assert TrainConfig(image_size=[48, 64]).image_size == (48, 64)
