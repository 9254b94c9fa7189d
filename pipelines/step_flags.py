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


def precision(values, workdir):
    """The precision of a run: "float32", "bfloat16" or "float16".

    Raises: ValueError for a run directory whose record cannot be read.
    """
    from tfgan import distribution, runs

    if values.precision != "auto":
        return values.precision
    before = runs.open_record(workdir)
    on_tpu = values.strategy == "tpu" or bool(values.tpu)
    return before.precision if before else distribution.suitable_precision(on_tpu)


def apply(values, model, steps):
    """Sets up a compiled model's step.

    Args:
      values: the flags.
      model: compiled `GenerativeModel`.
      steps: int, how many are to be taken.
    Raises: ValueError for XLA with several replicas, executions that do not end at the last step,
      and microbatches of a network whose layers look at the whole batch.
    """
    count = values.steps_per_execution
    if steps % count:
        raise ValueError(
            f"steps_per_execution must divide the {steps} steps that are left; received {count}."
        )
    if values.jit_compile == "on" and _replicas(model) > 1:
        raise ValueError("jit_compile=on is for one device; this run has several.")
    if values.jit_compile != "auto":
        model.jit_compile = values.jit_compile == "on"
    model.steps_per_execution = count
    model.microbatches = values.microbatches


def _replicas(model):
    return model.distribute_strategy.num_replicas_in_sync
