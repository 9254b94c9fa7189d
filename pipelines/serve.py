"""answers over HTTP with an exported model, and shows a page to try it by eye.

The requests are those of TensorFlow Serving's REST form: POST /v1/models/NAME:predict with
"instances" or "inputs", GET /v1/models/NAME and GET /v1/models/NAME/metadata; versions are at
/v1/models/NAME/versions/N. The page is at /. A higher version that appears in the folder replaces
the one that is served. A SavedModel is code: serve only what you trust.
"""

import os
import re

from absl import flags

from tfgan.serving import allowed_hosts

from . import parsing, path_flags, start
from .errors import UserError, missing_extra, user_errors


def define_flags(values):
    """The flags of `tfgan serve`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    path_flags.define(
        "model", "", "The folder that `tfgan export` wrote, or one version in it.", values
    )
    text("name", "", "Of the model in the addresses; by default its recipe's, or model.", values)
    number("version", None, "The one to serve; by default always the highest.", flag_values=values)
    text("host", "127.0.0.1", "The address to listen at; 0.0.0.0 is open to others.", values)
    number("port", 8501, "The port; 0 takes a free one.", 0, 65535, flag_values=values)
    flags.DEFINE_list(
        "allowed_hosts",
        [],
        "Names, with commas, that requests may be addressed to besides localhost and --host; * for "
        "any. A proxy that hands on the name it is asked by needs that name here.",
        values,
    )
    number("max_batch", 256, "The most rows of a request.", 1, flag_values=values)
    number("max_body", 10, "The most megabytes of a request.", 1, flag_values=values)
    number("queue", 64, "Requests that wait for the model; more get 503.", 1, flag_values=values)


def run(values, positionals):
    """Serves until it is told to stop; returns the exit code."""
    parsing.no_positionals(positionals)
    if not values.model:
        raise flags.Error("--model must name the folder of an exported model.")
    if not re.fullmatch(r"[\w.-]*", values.name, re.ASCII):
        raise flags.Error(f"--name takes letters, digits, dots, - and _; received {values.name!r}.")
    _check_hosts(values.allowed_hosts)
    with missing_extra("serve", "Serving"):
        from tfgan.serving import server
    with _listening(server, values.host, values.port) as listening:
        start.tensorflow()
        models = _shelf(values)
        most = server.connections()
        queue = min(values.queue, most)
        application = _application(values, models, queue, listening.getsockname()[0])
        _say_where(models.current, application.name, server.address(listening))
        server.run(application, listening, most, queue)
    print("Stopped.", flush=True)
    if application.is_busy:  # for a client that was told so, and an exit would wait for it
        os._exit(0)
    return 0


def _check_hosts(names):
    for name in names:
        if not allowed_hosts.is_name(name):
            raise flags.Error(
                "--allowed_hosts takes names of hosts without http:// and port, or *; received "
                f"{name!r}."
            )


def _listening(server, host, port):
    try:
        return server.listen(host, port)
    except OSError as error:
        told = error.strerror or error
        raise UserError(f"Nothing can listen at {host}:{port}: {told}.", 1) from error


def _shelf(values):
    from tfgan.serving import versioned_model

    with user_errors():
        return versioned_model.VersionedModel(values.model, values.version)


def _application(values, models, queue, address):
    """The application that serves the versions of a shelf at an IP address."""
    from tfgan.serving import application, limits

    return application.Application(
        models,
        values.name or (models.current.facts or {}).get("recipe") or "model",
        limits.Limits(values.max_batch, values.max_body * 10**6, queue),
        allowed_hosts.Hosts(address, [values.host, *values.allowed_hosts]),
    )


def _say_where(model, name, address):
    print(f"{name}, version {model.version}: {address}v1/models/{name}:predict")
    print(f"Page: {address}", flush=True)
