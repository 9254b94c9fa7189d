"""What Vertex AI sets in a program's environment, used where flags are not given.

| variable | stands for |
|---|---|
| `AIP_CHECKPOINT_DIR` | the folder `checkpoints` of a run: its parent is `--workdir` |
| `AIP_TENSORBOARD_LOG_DIR` | `--tensorboard_dir` |
| `AIP_MODEL_DIR` | `--export_dir` |
| `CLOUD_ML_TRIAL_ID`, `CLOUD_ML_HP_METRIC_FILE` | a trial of a study, which reports its score |

Each trial has directories of its own. The role of a process in a cluster is in TF_CONFIG:
`distribution.read_role`.
"""

import math
import os
import posixpath

from tfgan import extras

from ...errors import UserError, user_errors

_VARIABLES = {
    "workdir": "AIP_CHECKPOINT_DIR",
    "tensorboard_dir": "AIP_TENSORBOARD_LOG_DIR",
    "export_dir": "AIP_MODEL_DIR",
}


def directory(values, name):
    """The directory that a flag or else its variable names: str, "" if neither does."""
    path = os.environ.get(_VARIABLES[name], "").rstrip("/")
    default = posixpath.dirname(path) if name == "workdir" else path
    return values[name].value.rstrip("/") or default


def trial_report():
    """The function (name, value, step) that reports a trial's score; None outside of a study.

    Raises: UserError, if cloudml-hypertune is missing.
    """
    if not any(os.environ.get(name) for name in ("CLOUD_ML_TRIAL_ID", "CLOUD_ML_HP_METRIC_FILE")):
        return None
    with user_errors(), extras.require("vertex", "A trial of a study, which reports its metric,"):
        import hypertune
    try:
        study = hypertune.HyperTune()
    except OSError as error:
        raise UserError(f"A trial cannot report its metric: {error}.", 1) from error

    def report(name, value, step):
        if math.isfinite(value):
            study.report_hyperparameter_tuning_metric(name, value, step)

    return report
