"""The cost of a run from its plan, and the trial of its steps."""

import dataclasses
import os

import tensorflow as tf

from tfgan import failures, memory, runs
from tfgan.training import distribution, multi_worker, planning, preparation, resumption
from tfgan.training.costs import flops, live_tensors, sizes, trial, unallocated

_WORKSPACE = 2  # times the estimate of tensors that a CPU takes at most, as far as measured


@dataclasses.dataclass(frozen=True)
class Cost:
    """The cost of a training run.

    Attributes:
      steps: int, of the whole run.
      examples: int, real examples in a step, over all devices.
      replicas: int, the devices.
      parameters: dict of int by network, see `sizes.parameters`.
      flops: `flops.Flops` of a step, over all devices.
      state: dict of bytes by kind, see `sizes.state_bytes`; each device has all of it.
      tensors: int, bytes of the tensors of a step on a device, see `live_tensors`.
      seconds: float, mean duration of a step by trial steps; None without them.
      trial_steps: int, how many were measured.
      not_measured: str, why `seconds` is None, a clause.
      uncounted: tuple of str, operations of unknown shapes, which `flops` lacks.
    """

    steps: int
    examples: int
    replicas: int
    parameters: dict[str, int]
    flops: flops.Flops
    state: dict[str, int]
    tensors: int
    seconds: float | None = None
    trial_steps: int = 0
    not_measured: str = ""
    uncounted: tuple[str, ...] = ()

    @property
    def device_bytes(self) -> int:
        """The bytes that a device needs in all."""
        return sum(self.state.values()) + self.tensors

    @property
    def kimg_per_hour(self) -> float | None:
        """Thousands of real examples in an hour of steps; None without trial steps."""
        return self.seconds and self.examples * 3.6 / self.seconds

    def to_dict(self):
        """The cost as a dict that JSON can hold."""
        return {
            "parameters": self.parameters,
            "examples_per_step": self.examples,
            "replicas": self.replicas,
            "flops_per_step": self.flops.mean,
            "flops_of_largest_step": self.flops.largest,
            "bytes": self.state | {"tensors": self.tensors, "device": self.device_bytes},
            "seconds_per_step": self.seconds,
            "trial_steps": self.trial_steps,
            "kimg_per_hour": self.kimg_per_hour,
            "not_measured": self.not_measured,
            "uncounted": list(self.uncounted),
        }


def of_run(plan, *, has_trial=True, progress=lambda line: None):
    """The cost of a run.

    Args:
      plan: `planning.Plan`.
      has_trial: bool, whether trial steps measure the time.
      progress: function (str), called with what runs next if it may take long.
    Returns: Cost.
    Raises: ValueError for devices, data and values that the run would refuse; see `train.train`.
    """
    strategy, replicas = _devices(plan)
    before = runs.open_record(plan.workdir)
    source = resumption.open_source(plan, before)
    more = resumption.open_unlabeled(plan, is_resumed=before is not None)
    record = resumption.new_record(plan, source, before, more)
    if before:
        resumption.check_unchanged(plan.workdir, before, record, plan.config.change)
    progress("A step is traced, to count its operations.")
    with unallocated.without_values():
        model = record.build(plan.config.recipe)
        plan = planning.fit_batch(plan, source, model, replicas)
        planning.check_parts(plan, model, replicas)
        preparation.choose_execution(plan, model, replicas)
        graph = _traced_step(plan, source, more, model, replicas)
    of_device = flops.of_step(graph)
    cost = Cost(
        steps=plan.steps,
        examples=plan.batch_size * model.discriminator_steps,
        replicas=replicas,
        parameters=sizes.parameters(model),
        flops=flops.Flops(replicas * of_device.mean, replicas * of_device.largest),
        state=sizes.state_bytes(model),
        tensors=live_tensors.peak_bytes(graph),
        uncounted=tuple(flops.unknown(graph)),
    )
    del graph, model
    if reason := _obstacle(cost, strategy, has_trial):
        return dataclasses.replace(cost, not_measured=reason)
    record = resumption.new_record(plan, source, before, more)  # with the batch that was fitted
    try:
        measured = trial.measure(plan, strategy, source, more, record, progress)
    except failures.Failure as error:
        if not isinstance(error.__cause__, MemoryError | tf.errors.ResourceExhaustedError):
            raise
        return dataclasses.replace(cost, not_measured="the trial steps did not fit into memory")
    return dataclasses.replace(cost, seconds=measured.seconds, trial_steps=measured.steps)


def _devices(plan):
    """(strategy, replicas); None in the place of one that has to wait for other workers."""
    config, role = plan.config, distribution.read_role(os.environ)
    devices = {"tpu": config.tpu, "devices": config.devices, "role": role}
    if distribution.choose_strategy(config.strategy, **devices) == "multi_worker":
        replicas = role.workers * max(1, len(tf.config.get_visible_devices("GPU")))
        distribution.check_batch_size(replicas, plan.batch_size)
        return None, replicas
    strategy = multi_worker.open_strategy(plan, role)
    return strategy, strategy.num_replicas_in_sync


def _traced_step(plan, source, more, model, replicas):
    """The graph of a step on the examples of one device."""
    one_device = tf.distribute.get_strategy()
    batches = preparation.batches(plan, one_device, source, more, model)
    batch = {
        name: tf.TensorSpec([spec.shape[0] // replicas, *spec.shape[1:]], spec.dtype)
        for name, spec in batches.element_spec.items()
    }
    return tf.function(model.train_step, autograph=False).get_concrete_function(batch).graph


def _obstacle(cost, strategy, has_trial):
    """Why no trial steps are taken, a clause; "" if nothing prevents them."""
    if not has_trial:
        return "trial steps were not requested"
    if strategy is None:
        return "trial steps need the other workers"
    if tf.config.list_logical_devices("GPU") or tf.config.list_logical_devices("TPU"):
        return ""  # their own memory, of which TensorFlow gives no figure
    needed = cost.replicas * (sum(cost.state.values()) + _WORKSPACE * cost.tensors)
    free = memory.free()
    if needed <= free:
        return ""
    return (
        f"the run, with room for its kernels, needs {memory.format_bytes(needed)} of memory, and "
        f"{memory.format_bytes(free)} are free"
    )
