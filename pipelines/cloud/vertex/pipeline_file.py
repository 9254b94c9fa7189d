"""A compiled pipeline as a request: what the file says, where it writes, and its parameters."""

import difflib
import json

from tfgan import extras

from ...errors import user_errors
from . import job_flags

_KINDS = {
    "STRING": str,
    "NUMBER_INTEGER": int,
    "NUMBER_DOUBLE": float,
    "BOOLEAN": bool,
    "LIST": list,
    "STRUCT": dict,
}
_MACHINES = (
    "image",
    "machine",
    "accelerator",
    "accelerator_count",
    "replicas",
    "tpu",
    "spot",
    "timeout",
    "tensorboard",
)


def request(values, positionals):
    """The pipeline that --pipeline names: dict, a `PipelineJob` in JSON.

    Args:
      values: the flags of `tfgan launch`.
      positionals: list of str, what follows the lone --.
    Raises: ValueError for flags that are not for pipelines, a file that is none, and parameters
      that the pipeline does not have; OSError for a file that cannot be read.
    """
    job_flags.check(values)
    given = [name for name in _MACHINES if values[name].present]
    if given or positionals:
        raise ValueError(
            "A pipeline names its own machines and arguments: leave out "
            f"{f'--{given[0]}' if given else positionals[0]}, or --pipeline."
        )
    pipeline = read(values.pipeline)
    asked = {
        "displayName": values.name or pipeline["pipelineInfo"]["name"],
        "pipelineSpec": pipeline,
        "runtimeConfig": {
            "gcsOutputDirectory": values.base_output,
            "parameterValues": parameters(pipeline, values.pipeline_parameter),
        },
        "labels": {"app": "tfgan"},
    }
    return asked | ({"serviceAccount": values.service_account} if values.service_account else {})


def read(path):
    """The pipeline in a file of Kubeflow's compiler: dict, a `PipelineSpec` in JSON.

    Raises: ValueError for another file, and for one of an older form; OSError.
    """
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        found = next(iter(_yaml().safe_load_all(text)), None)
    except _yaml().YAMLError as error:
        raise ValueError(f"{path} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(found, dict) or not {"pipelineInfo", "root"} <= set(found):
        raise ValueError(
            f"{path} is not a compiled pipeline, which has pipelineInfo and root; Kubeflow's "
            "compiler makes one."
        )
    if str(found.get("schemaVersion", "")) < "2.1.0":
        raise ValueError(
            f"{path} was compiled to schema {found.get('schemaVersion')!r}; compile it with "
            "version 2 of kfp."
        )
    return found


def parameters(pipeline, settings):
    """The values of a pipeline's parameters: dict.

    Args:
      pipeline: dict, a `PipelineSpec` in JSON.
      settings: sequence of str "name=value"; lists and structs are written in JSON.
    Raises: ValueError for an unknown or missing parameter, or a value of another type.
    """
    known = pipeline["root"].get("inputDefinitions", {}).get("parameters", {})
    found = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--pipeline_parameter takes name=value; received {setting!r}.")
        if name not in known:
            near = difflib.get_close_matches(name, known) or sorted(known) or ["none"]
            raise ValueError(f"The pipeline has no parameter {name!r}; there is {', '.join(near)}.")
        found[name] = _typed(name, known[name]["parameterType"], text)
    for name, parameter in known.items():
        is_needed = "defaultValue" not in parameter and not parameter.get("isOptional")
        if is_needed and name not in found:
            raise ValueError(f"The pipeline needs --pipeline_parameter={name}=VALUE.")
    return found


def _typed(name, kind, text):
    wanted = _KINDS.get(kind)
    if wanted is str:
        return text
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    value = float(value) if wanted is float and type(value) is int else value
    if wanted is None or type(value) is not wanted:
        raise ValueError(f"The pipeline's parameter {name} takes {kind}; received {text!r}.")
    return value


def _yaml():
    with user_errors(), extras.require("vertex", "Reading a pipeline's file"):
        import yaml
    return yaml
