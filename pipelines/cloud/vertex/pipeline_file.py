"""A compiled pipeline as a request: its content, its outputs and its parameters."""

import msgspec
from absl import flags

from tfgan import extras, words

from ...errors import user_errors
from . import job_flags

_TYPES = {
    "NUMBER_INTEGER": int,
    "NUMBER_DOUBLE": float,
    "BOOLEAN": bool,
    "LIST": list,
    "STRUCT": dict,
}


def request(values, positionals):
    """The pipeline of --pipeline: its name, and a `PipelineJob` in JSON, dict.

    Args:
      values: the flags of `tfgan launch`.
      positionals: list of str, what follows the lone --.
    Raises: ValueError for flags that are not for pipelines, another file, or other parameters;
      OSError for a file that cannot be read.
    """
    job_flags.check(values)
    machine_flags = flags.FlagValues()
    job_flags.define_machines(machine_flags)
    extra = [f"--{name}" for name in machine_flags if values[name].present] + positionals
    if extra:
        raise ValueError(
            f"A pipeline names its own machines and arguments: leave out {extra[0]}, or --pipeline."
        )
    pipeline = read(values.pipeline)
    job = {
        "pipelineSpec": pipeline,
        "runtimeConfig": {
            "gcsOutputDirectory": values.base_output,
            "parameterValues": parameters(pipeline, values.pipeline_parameter),
        },
    }
    if values.service_account:
        job["serviceAccount"] = values.service_account
    return pipeline["pipelineInfo"]["name"], job


def read(path):
    """The pipeline in a file of Kubeflow's compiler: dict, a `PipelineSpec` in JSON.

    Raises: ValueError for another file, and for one of an older form; OSError.
    """
    with user_errors(), extras.require("vertex", "Reading a pipeline's file"):
        import yaml
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        pipeline = next(iter(yaml.safe_load_all(text)), None)
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(pipeline, dict) or not {"pipelineInfo", "root"} <= set(pipeline):
        raise ValueError(
            f"{path} is not a compiled pipeline, which has pipelineInfo and root; Kubeflow's "
            "compiler makes one."
        )
    schema = pipeline.get("schemaVersion")
    if str(schema or "") < "2.1.0":
        raise ValueError(
            f"{path} was compiled to schema {schema!r}; compile it with version 2 of kfp."
        )
    return pipeline


def parameters(pipeline, settings):
    """The values of a pipeline's parameters: dict.

    Args:
      pipeline: dict, see `read`.
      settings: sequence of str "name=value"; lists and structs are written in JSON.
    Raises: ValueError for an unknown or missing parameter, or a value of another type.
    """
    specs = pipeline["root"].get("inputDefinitions", {}).get("parameters", {})
    values = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--pipeline_parameter takes name=value; received {setting!r}.")
        if name not in specs:
            raise words.unknown("--pipeline_parameter", name, specs)
        kind = specs[name]["parameterType"]
        try:
            is_text = kind == "STRING"
            values[name] = text if is_text else msgspec.json.decode(text, type=_TYPES[kind])
        except (KeyError, msgspec.DecodeError) as error:
            sentence = f"The pipeline's parameter {name} takes {kind}; received {text!r}."
            raise ValueError(sentence) from error
    for name, spec in specs.items():
        is_required = "defaultValue" not in spec and not spec.get("isOptional")
        if is_required and name not in values:
            raise ValueError(f"The pipeline needs --pipeline_parameter={name}=VALUE.")
    return values
