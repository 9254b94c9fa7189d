"""One training as a request: `CustomJobSpec` in JSON, of a job or of each trial of a study."""


def job_spec(values, machine, arguments):
    """One training: dict, a `CustomJobSpec` in JSON.

    The first pool of workers is the chief, the second the others. A worker that is restarted alone
    would find the others waiting for a lost one, so all are restarted, and resume.

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
    optional = {"serviceAccount": values.service_account, "tensorboard": values.tensorboard}
    return spec | {field: value for field, value in optional.items() if value}
