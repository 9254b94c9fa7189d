"""The flags that choose the devices."""

from absl import flags

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
