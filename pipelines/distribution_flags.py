"""The flags that choose the devices, and what a program does as one of several workers."""

import contextlib
import io
import os

from absl import flags

from .errors import Refusal

_EVALUATOR = (
    "This replica is an evaluator, which has nothing to do: with --evaluate_every the chief "
    "evaluates while it trains."
)


def define(values):
    """--strategy and what it needs."""
    flags.DEFINE_enum(
        "strategy",
        "auto",
        ["auto", "one", "mirrored", "multi_worker", "tpu"],
        "one device; mirrored: all GPUs of this machine; multi_worker: the machines that TF_CONFIG "
        "names; tpu. auto is tpu with --tpu, multi_worker if TF_CONFIG names several workers, "
        "mirrored on several GPUs, else one. The steps are the same up to rounding.",
        values,
    )
    flags.DEFINE_string("tpu", "", "The TPU's name or address; local on a TPU VM.", values)
    flags.DEFINE_integer(
        "devices",
        0,
        "Train on this many parts of the CPU, to try out --strategy=mirrored.",
        0,
        flag_values=values,
    )


def names():
    """The flags that `define` defines: list of str."""
    values = flags.FlagValues()
    define(values)
    return list(values)


def read_role():
    """The `distribution.Role` of this process."""
    from tfgan import distribution

    return distribution.read_role(os.environ)


def evaluator_stops(role):
    """Whether this process is an evaluator, which is told so; exit code 0 keeps its job alive."""
    if role.kind == "evaluator":
        print(_EVALUATOR)
    return role.kind == "evaluator"


def open_strategy(values, role, batch_size):
    """The strategy that the flags name.

    Args:
      values: the flags.
      role: `distribution.Role`.
      batch_size: int, of one step, over all devices.
    Raises: ValueError for devices that are not there, or a batch that they cannot share.
    """
    from tfgan import distribution

    strategy = distribution.open_strategy(
        values.strategy, tpu=values.tpu, devices=values.devices, role=role
    )
    distribution.check_batch_size(strategy, batch_size)
    return strategy


def check_same(exchange, numbers):
    """Refuses workers that are about to train different things.

    Args:
      exchange: `distribution.Exchange`.
      numbers: dict of ints that all workers must share, by what they stand for.
    Raises: ValueError that names the first that differs.
    """
    said = exchange(list(numbers.values()))
    for name, each in zip(numbers, said.T, strict=True):
        if len(set(each)) > 1:
            raise ValueError(
                f"The workers differ in their {name}: give all of them the same flags, and a "
                "--workdir that all of them see."
            )


@contextlib.contextmanager
def only_the_chief_prints(role):
    """Inside the block standard output is the chief's."""
    with contextlib.nullcontext() if role.is_chief else contextlib.redirect_stdout(io.StringIO()):
        yield


@contextlib.contextmanager
def refusing_lost_workers(role):
    """Turns what TensorFlow raises when another worker is gone into a refusal."""
    from tfgan import distribution

    try:
        yield
    except Exception as error:
        if role.workers == 1 or not distribution.is_lost_worker(error):
            raise
        raise Refusal(
            "Another worker of this job has stopped. Start all of them again: they resume from the "
            "last checkpoint.",
            1,
        ) from error
