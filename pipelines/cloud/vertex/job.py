"""Requests in JSON: `CustomJobSpec`, one for a job and one for each trial of a study."""


def custom_job(values, recipe, spec):
    """A named job: dict, a `CustomJob` in JSON.

    Args:
      values: the flags of the job.
      recipe: str.
      spec: dict, as of `job_spec`.
    """
    return _named(values, recipe) | {"jobSpec": spec}


def tuning_job(values, recipe, study, spec):
    """A named study: dict, a `HyperparameterTuningJob` in JSON.

    Args:
      values: the flags of `tfgan tune`.
      recipe: str.
      study: dict, a `StudySpec` in JSON.
      spec: dict, as of `job_spec`, for each trial.
    """
    return _named(values, recipe) | {
        "studySpec": study,
        "maxTrialCount": values.trials,
        "parallelTrialCount": values.parallel_trials,
        "trialJobSpec": spec,
    }


def _named(values, recipe):
    return {"displayName": values.name or f"tfgan-{recipe}", "labels": {"app": "tfgan"}}


def job_spec(values, machine, arguments):
    """One training: dict, a `CustomJobSpec` in JSON.

    The first pool of workers is the chief, the second the others. A worker that is restarted alone
    would find the others waiting for one that is gone, so all are restarted, and resume.

    Args:
      values: the flags of the job.
      machine: dict, a `MachineSpec` in JSON.
      arguments: list of str, of the container.
    """
    container = {"imageUri": values.image, "args": arguments}
    counts = [1, values.replicas - 1] if values.replicas > 1 else [1]
    scheduling = {"restartJobOnWorkerRestart": values.replicas > 1}
    if values.timeout:
        scheduling["timeout"] = f"{values.timeout}s"
    if values.spot:
        scheduling["strategy"] = "SPOT"
    spec = {
        "workerPoolSpecs": [
            {"machineSpec": machine, "replicaCount": count, "containerSpec": container}
            for count in counts
        ],
        "scheduling": scheduling,
        "baseOutputDirectory": {"outputUriPrefix": values.base_output},
    }
    named = {"serviceAccount": values.service_account, "tensorboard": values.tensorboard}
    return spec | {field: value for field, value in named.items() if value}
