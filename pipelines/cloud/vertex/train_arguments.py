"""The flags of `tfgan train` in a job, read by its own parser before a machine is paid for."""

from absl import flags

from tfgan.data import source_names

from ... import parsing, recipe_flags, start, train_flags
from . import machines
from .job_flags import DIRECTORIES

DIRECTORY_FLAGS = ("workdir", "tensorboard_dir", "export_dir")


def read(arguments):
    """The flags of `tfgan train`, and the arguments without files, which a container lacks.

    Args:
      arguments: list of str.
    Returns: (`flags.FlagValues`, list of str in which flag files are replaced by their content).
    Raises: absl `flags.Error`, UserError or ValueError, as `tfgan train` would.
    """
    values = flags.FlagValues()
    train_flags.define(values)
    recipe_flags.define(values, arguments)  # the run itself is where the job runs
    spelled_out = values.read_flags_from_files(arguments)
    parsing.no_positionals(parsing.read("train", values, spelled_out))
    return values, spelled_out


def check(values, machine, replicas):
    """Refuses a run that cannot start on the machines of the job, or would lose its outputs.

    Args:
      values: the flags of `tfgan train`.
      machine: dict, a `MachineSpec` in JSON.
      replicas: int.
    Raises: ValueError.
    """
    for name in DIRECTORY_FLAGS:
        path = getattr(values, name)
        if path and not path.startswith(DIRECTORIES):
            raise ValueError(
                f"--{name}={path} would be lost with the machine: leave it out, and it will be in "
                "--base_output."
            )
    for name in ("dry_run", "devices"):
        if getattr(values, name):
            raise ValueError(f"--{name} is for your own machine, not for a job.")
    before, path = source_names.split_path(values.data)
    if path and not path.startswith((*DIRECTORIES, "/")):
        raise ValueError(
            f"--data={values.data} is on this machine: put it into Cloud Storage, and give "
            f"{before}gs://BUCKET/... or {before}/gcs/BUCKET/..."
        )
    if values.recipe.endswith(".py") and not values.recipe.startswith("/"):
        raise ValueError(
            f"--recipe={values.recipe} is on this machine: build it into the image, and give its "
            "path there, which begins with /."
        )
    _check_strategy(values, machine, replicas)
    start.tensorflow()
    from tfgan.training import planning

    size = planning.resolve_parameters(train_flags.config(values))["batch_size"]
    devices = machines.cores(machine) * replicas
    if size % devices:
        raise ValueError(
            f"The batch must be a multiple of the {devices} devices of the job; received "
            f"--batch_size={size}."
        )


def complete(arguments, values, tpu):
    """The arguments of the container: list of str. A TPU needs flags; GPUs and clusters do not."""
    tpu_flags = [] if values.strategy == "tpu" else ["--strategy=tpu"]
    tpu_flags += [] if values.tpu else ["--tpu=local"]
    return ["train", *(tpu_flags if tpu else []), *arguments]


def _check_strategy(values, machine, replicas):
    is_tpu = "tpuTopology" in machine or machine["machineType"] == "cloud-tpu"
    has_gpus = not is_tpu and "acceleratorType" in machine
    possible = {
        "auto": True,
        "one": replicas == 1 and not is_tpu,
        "mirrored": replicas == 1 and has_gpus,
        "multi_worker": replicas > 1,
        "tpu": is_tpu,
    }
    if not possible[values.strategy] or (values.tpu and not is_tpu):
        flag = f"--tpu={values.tpu}" if values.tpu else f"--strategy={values.strategy}"
        raise ValueError(
            f"{flag} is not for {replicas} x {machine['machineType']}: leave it out, and the "
            "strategy that suits the machines is used."
        )
