"""Sends a request to Vertex AI, or prints it as it would be sent.

Requests go over HTTP with JSON, so that what is printed is what is sent. The packages of Google
Cloud are imported only when there is a request.
"""

import dataclasses
import json
import sys

from tfgan import extras

from ...errors import UserError, user_errors

ADDRESS = "https://{location}-aiplatform.googleapis.com"
_CONSOLE = "https://console.cloud.google.com/vertex-ai"


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of resource that is created."""

    message: str  # the name of the message
    field: str  # the name of the argument for it, and of the method after `create_`
    collection: str  # the end of the URL
    page: str  # its part of the console


JOB = Kind("CustomJob", "custom_job", "customJobs", "training")
STUDY = Kind(
    "HyperparameterTuningJob", "hyperparameter_tuning_job", "hyperparameterTuningJobs", "training"
)
PIPELINE = Kind("PipelineJob", "pipeline_job", "pipelineJobs", "pipelines/runs")


def start(values, kind, name, request):
    """Creates what a request describes, or prints it with --dry_run; returns the exit code.

    Args:
      values: the flags of the job.
      kind: Kind.
      name: str, its name in the console unless --name is given.
      request: dict, a message of that kind in JSON, without name and labels.
    Raises: UserError without the packages or credentials, and where Vertex AI refuses.
    """
    with user_errors(), extras.require("vertex", "Vertex AI"):
        from google.cloud import aiplatform_v1 as vertex
    message = getattr(vertex, kind.message).from_json(
        json.dumps(request | {"displayName": values.name or name, "labels": {"app": "tfgan"}})
    )
    parent = f"projects/{values.project}/locations/{values.location}"
    if values.dry_run:
        address = ADDRESS.format(location=values.location)
        meanings = "".join(f"\n{meaning}" for meaning in enumerations(message))
        print(f"POST {address}/v1/{parent}/{kind.collection}{meanings}", file=sys.stderr)
        print(wire(message))
        return 0
    created = _create(vertex, values.location, parent, kind, message)
    page = f"locations/{values.location}/{kind.page}/{created.name.rsplit('/', 1)[-1]}"
    print(f"Created:    {created.name}\nWatch:      {_CONSOLE}/{page}?project={values.project}")
    return 0


def wire(message):
    """The body of a request as the packages send it: str, JSON with numbers for enumerations."""
    from google.protobuf import json_format

    return json_format.MessageToJson(type(message).pb(message), use_integers_for_enums=True)


def enumerations(message):
    """The names of the enumeration values in a request: sorted list of str."""
    from google.protobuf import json_format

    named = json_format.MessageToDict(type(message).pb(message))
    return sorted(set(_differences(named, json.loads(wire(message)))))


def _differences(named, numbered, key=""):
    """Where two trees of one shape differ: iterator of str."""
    if isinstance(named, dict):
        for name, value in named.items():
            yield from _differences(value, numbered[name], name)
    elif isinstance(named, list):
        for value, number in zip(named, numbered, strict=True):
            yield from _differences(value, number, key)
    elif named != numbered:
        yield f"{key} {numbered} is {named}"


def _create(vertex, location, parent, kind, message):
    import google.auth
    from google.api_core import exceptions as api
    from google.auth import exceptions as auth

    client_class = vertex.PipelineServiceClient if kind is PIPELINE else vertex.JobServiceClient
    try:
        credentials, _ = google.auth.default()
        client = client_class(
            credentials=credentials,
            transport="rest",
            client_options={"api_endpoint": ADDRESS.format(location=location)},
        )
        with client:
            return getattr(client, f"create_{kind.field}")(parent=parent, **{kind.field: message})
    except auth.DefaultCredentialsError as error:
        raise UserError(
            "There are no Google Cloud credentials: gcloud auth application-default login"
        ) from error
    except (api.GoogleAPIError, auth.GoogleAuthError, OSError) as error:
        sentence = getattr(error, "message", None) or str(error)
        raise UserError(f"Vertex AI did not accept the job: {sentence}", 1) from error
