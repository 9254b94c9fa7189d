"""The flags of every job on Vertex AI: where it runs, on which machines, and what it writes."""

import re

from absl import flags

from . import machines

DIRECTORIES = ("gs://", "/gcs/")  # Cloud Storage, and as Vertex AI mounts it


def define(values):
    """The flags of all jobs."""
    text = flags.DEFINE_string
    text("project", "", "The Google Cloud project that pays.", values)
    text("location", "us-central1", "The region of the machines.", values)
    about = "gs://BUCKET/FOLDER for the job's outputs; a job with the same folder resumes the run."
    text("base_output", "", about, values)
    text("name", "", "The job's name in the console. By default tfgan-RECIPE.", values)
    text("service_account", "", "The e-mail address of the account that the job runs as.", values)
    about = "Print the request in JSON and stop; needs no network."
    flags.DEFINE_boolean("dry_run", False, about, values)


def define_machines(values):
    """The flags of jobs that name their machines themselves."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    text("image", "", "The container to run, such as REGION-docker.pkg.dev/P/R/tfgan:1.", values)
    text("machine", "", "The machine type, such as g2-standard-8.", values)
    text("accelerator", "", "The GPUs of each machine, such as NVIDIA_L4.", values)
    number("accelerator_count", 0, "GPUs of each machine.", 0, flag_values=values)
    number("replicas", 1, "Machines that train one model together.", flag_values=values)
    about = f"A TPU instead of machine and GPUs: {', '.join(machines.TPUS)}."
    text("tpu", "", about, values)
    about = "Cheap machines that may be reclaimed: the job resumes on others."
    flags.DEFINE_boolean("spot", False, about, values)
    about = "Seconds after which the job is stopped; 0: Vertex AI's limit, 7 days."
    number("timeout", 0, about, 0, flag_values=values)
    about = "A Vertex AI TensorBoard, projects/P/locations/L/tensorboards/N; needs "
    text("tensorboard", "", about + "--service_account.", values)


def check(values):
    """Raises ValueError for a job without a project or a folder for its outputs."""
    if not values.project:
        raise ValueError("--project is missing: the Google Cloud project that pays.")
    if not re.fullmatch(r"gs://[a-z0-9][a-z0-9._-]+[a-z0-9](/.*)?", values.base_output):
        raise ValueError(
            "--base_output takes gs://BUCKET/FOLDER, a folder in Cloud Storage; "
            f"received {values.base_output!r}."
        )


def check_machines(values):
    """The machine of the job: dict, a `MachineSpec` in JSON.

    Raises: ValueError for a machine that does not exist, and flags that contradict one another.
    """
    check(values)
    if not values.image:
        raise ValueError(
            "--image is missing: the container that has tfgan; docs/cloud.md says how to build one."
        )
    if values.replicas < 1:
        raise ValueError(f"--replicas must be 1 or more; received {values.replicas}.")
    _check_tensorboard(values)
    if not values.tpu:
        if not values.machine:
            raise ValueError("--machine is missing, such as n1-standard-8; or give --tpu.")
        return machines.machine_spec(values.machine, values.accelerator, values.accelerator_count)
    if values.machine or values.accelerator or values.accelerator_count:
        raise ValueError("--tpu is a machine: leave out --machine and --accelerator.")
    if values.replicas > 1:
        raise ValueError(f"--tpu takes 1 replica; received --replicas={values.replicas}.")
    return machines.tpu_spec(values.tpu)


def _check_tensorboard(values):
    form = rf"projects/[^/]+/locations/{re.escape(values.location)}/tensorboards/\d+"
    if values.tensorboard and not re.fullmatch(form, values.tensorboard):
        raise ValueError(
            f"--tensorboard takes projects/P/locations/{values.location}/tensorboards/N; "
            f"received {values.tensorboard!r}."
        )
    if values.tensorboard and not values.service_account:
        raise ValueError("--tensorboard needs --service_account, which may write to it.")
