"""Every field of a TrainConfig says what it takes."""

from absl import flags
from tfgan.pipelines import train_flags

from tfgan.training import TrainConfig
from tfgan.training.config import DEFAULTS


def test_the_help_of_the_program_shows_the_defaults_that_hold():
    values = flags.FlagValues()
    train_flags.define(values)
    shown = {name: values[name].default for name in DEFAULTS}
    shown["evaluate_metrics"] = tuple(filter(None, shown["evaluate_metrics"].split(",")))
    assert shown == DEFAULTS


def test_every_field_is_a_flag():
    values = flags.FlagValues()
    train_flags.define(values)
    assert set(TrainConfig.__dataclass_fields__) - set(values) == {"parameters"}
