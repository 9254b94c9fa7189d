"""The flags that choose the devices, and what a program does as one of several workers."""

import contextlib
import io
import json
import os

from absl import flags

from . import path_flags
from .errors import Refusal

_EVALUATOR = (
    "This replica is an evaluator, which has nothing to do: with --evaluate_every the chief "
    "evaluates while it trains."
)
# What a machine may have of its own, besides paths: what lies there is compared. The parameters of
# the recipe, which `set` names too, are compared one by one.
_OWN_FLAGS = ("set", "tpu", "memory", "join_timeout", "worker_timeout")
_MOST_SECONDS = 1_000_000  # 11 days


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
    flags.DEFINE_integer(
        "join_timeout",
        600,
        "Seconds that a worker waits for the others of its job before it gives up.",
        1,
        _MOST_SECONDS,
        flag_values=values,
    )
    flags.DEFINE_integer(
        "worker_timeout",
        60,
        "Seconds that a worker may stand still before the others end; one that has died ends them "
        "at once.",
        1,
        _MOST_SECONDS,
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
        values.strategy,
        tpu=values.tpu,
        devices=values.devices,
        role=role,
        tolerance=values.worker_timeout,
    )
    distribution.check_batch_size(strategy, batch_size)
    return strategy


def meeting(values, role):
    """The `distribution.meeting` of the workers, which compare what they are about to do.

    Raises: ValueError for devices that do not go with the cluster, before any worker is waited for.
    """
    from tfgan import distribution

    distribution.choose_strategy(values.strategy, tpu=values.tpu, devices=values.devices, role=role)
    return distribution.meeting(role, values.join_timeout)


def facts_of_flags(values, plan, role):
    """What must be equal on all workers before TensorFlow connects them.

    Args:
      values: the flags.
      plan: dict, what `tfgan train --dry_run` prints.
      role: `distribution.Role`.
    Returns: dict of str by name, for the function of `meeting`.
    """
    import tfgan
    from tfgan import pipelines, provenance

    versions = provenance.versions()
    del versions["python"]  # which decides nothing here
    given = {
        name: values[name].value
        for name in values
        if name not in _OWN_FLAGS and not path_flags.is_path(values[name])
    }
    decided = {name: plan[name] for name in ("recipe", "steps", "seed", "precision")}
    asked = given | plan["parameters"] | decided
    return {
        "the code of tfgan": provenance.code(tfgan, pipelines),
        **{f"the version of {name}": version for name, version in versions.items()},
        "the cluster": json.dumps(role.members),
        **{f"--{name}": str(value) for name, value in asked.items()},
    }


def facts_of_data(source):
    """What must be equal on all workers before the model is built: dict of str by name.

    Args:
      source: `data.Source`, of this worker.
    """
    return {
        "the number of examples": str(source.count),
        "the shape of the examples": str(source.spec.shape),
        "the content of the data": source.fingerprint,
    }


@contextlib.contextmanager
def only_the_chief_prints(role):
    """Inside the block standard output is the chief's."""
    with contextlib.nullcontext() if role.is_chief else contextlib.redirect_stdout(io.StringIO()):
        yield


@contextlib.contextmanager
def refusing_lost_workers(values, role):
    """Turns what is raised when another worker is missing or gone into a refusal."""
    from tfgan import distribution

    try:
        yield
    except distribution.MeetingError as error:
        raise Refusal(str(error), 1) from error
    except Exception as error:
        lost = distribution.lost_worker(error) if role.workers > 1 else None
        if lost is None:
            raise
        raise Refusal(
            f"Lost {lost}: it has ended, or stood still for {values.worker_timeout} s "
            "(--worker_timeout). Start all workers again: they resume from the last checkpoint.",
            1,
        ) from error
