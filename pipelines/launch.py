"""starts a training run on Vertex AI: `tfgan launch --flags -- FLAGS OF tfgan train`.

The arguments after the lone -- are checked by the parser of `tfgan train`. Inspect the request with
--dry_run before you pay for it. --pipeline starts a pipeline that was compiled with Kubeflow's
compiler instead of a training run.
"""

from absl import flags

from . import path_flags
from .cloud.vertex import job, job_flags, pipeline_file, service, train_arguments
from .errors import user_errors


def define_flags(values):
    """The flags of `tfgan launch`."""
    job_flags.define(values)
    job_flags.define_machines(values)
    path_flags.define("pipeline", "", "A compiled pipeline, a YAML or JSON file.", values)
    flags.DEFINE_multi_string(
        "pipeline_parameter", [], "A parameter of the pipeline, in the form name=value.", values
    )


def run(values, positionals):
    """Starts the job; returns the exit code."""
    if values.pipeline:
        with user_errors():
            name, request = pipeline_file.request(values, positionals)
        return service.start(values, service.PIPELINE, name, request)
    with user_errors():
        if values.pipeline_parameter:
            raise ValueError("--pipeline_parameter is for --pipeline.")
        machine = job_flags.check_machines(values)
        training, arguments = train_arguments.read(positionals)
        train_arguments.check(training, machine, values.replicas)
    spec = job.job_spec(values, machine, train_arguments.complete(arguments, training, values.tpu))
    return service.start(values, service.JOB, f"tfgan-{training.recipe}", {"jobSpec": spec})
