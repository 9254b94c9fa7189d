"""What a request says: `CustomJobSpec` in JSON, one for a job and one for each trial of a study."""

_LABELS = {"app": "tfgan"}


def custom_job(values, recipe, spec):
    """A job by its name: dict, a `CustomJob` in JSON.

    Args:
      values: the flags of the job.
      recipe: str.
      spec: dict, what `job_spec` gave.
    """
    return {"displayName": display_name(values, recipe), "jobSpec": spec, "labels": _LABELS}


def tuning_job(values, recipe, study, spec):
    """A study by its name: dict, a `HyperparameterTuningJob` in JSON.

    Args:
      values: the flags of `tfgan tune`.
      recipe: str.
      study: dict, a `StudySpec` in JSON.
      spec: dict, what `job_spec` gave, for each trial.
    """
    return {
        "displayName": display_name(values, recipe),
        "studySpec": study,
        "maxTrialCount": values.trials,
        "parallelTrialCount": values.parallel_trials,
        "trialJobSpec": spec,
        "labels": _LABELS,
    }


def display_name(values, recipe):
    """What the console calls a job."""
    return values.name or f"tfgan-{recipe}"


def job_spec(values, machine, arguments):
    """One training: dict, a `CustomJobSpec` in JSON.

    The first pool of workers is the chief, the second the others. A worker that is started again
    finds the others waiting for one that is gone, so all are started again, and resume.

    Args:
      values: the flags of the job.
      machine: dict, a `MachineSpec` in JSON.
      arguments: list of str, of the container.
    """

    def pool(count):
        return {
            "machineSpec": machine,
            "replicaCount": count,
            "containerSpec": {"imageUri": values.image, "args": arguments},
        }

    spec = {
        "workerPoolSpecs": [pool(1)] + ([pool(values.replicas - 1)] if values.replicas > 1 else []),
        "scheduling": {
            "restartJobOnWorkerRestart": values.replicas > 1,
            **({"timeout": f"{values.timeout}s"} if values.timeout else {}),
            **({"strategy": "SPOT"} if values.spot else {}),
        },
        "baseOutputDirectory": {"outputUriPrefix": values.base_output},
    }
    for field, flag in (("serviceAccount", "service_account"), ("tensorboard", "tensorboard")):
        if getattr(values, flag):
            spec[field] = getattr(values, flag)
    return spec
