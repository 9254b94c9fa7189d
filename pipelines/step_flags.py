"""The flags that say how a training step is computed."""

from absl import flags


def define(values):
    """--precision, --jit_compile, --steps_per_execution and --microbatches."""
    flags.DEFINE_enum(
        "precision",
        "auto",
        ["auto", "float32", "bfloat16", "float16"],
        "What networks compute in; weights, logits, losses and averages are float32 always. auto "
        "is what the run began with, and for a new one bfloat16 on TPUs and on GPUs that have it, "
        "else float32. float16 scales the losses and takes no gradient penalty.",
        values,
    )
    flags.DEFINE_enum(
        "jit_compile",
        "auto",
        ["auto", "on", "off"],
        "Whether XLA compiles the step of one device; auto is on for a GPU and off for a CPU, "
        "where it makes convolutions slower.",
        values,
    )
    flags.DEFINE_integer(
        "steps_per_execution",
        1,
        "Steps that run without coming back to Python, which sees the last of them.",
        1,
        flag_values=values,
    )
    flags.DEFINE_integer(
        "microbatches",
        1,
        "Parts in which a batch is computed, which takes as much less memory; the step is that of "
        "the whole batch up to rounding. Not for networks with batch normalization.",
        1,
        flag_values=values,
    )
