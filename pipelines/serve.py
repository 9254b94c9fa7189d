"""serves an exported model over HTTP, with a page to try it.

Requests follow TensorFlow Serving's REST API: POST /v1/models/NAME:predict with
"instances" or "inputs", GET /v1/models/NAME and GET /v1/models/NAME/metadata; versions are at
/v1/models/NAME/versions/N. The page is at /. A higher version that appears in the folder replaces
the one that is served. A SavedModel is code: serve only what you trust.
"""

import os
import re

from absl import flags

from tfgan import extras
from tfgan.serving import allowed_hosts

from . import parsing, path_flags, start
from .errors import UserError, user_errors


def define_flags(values):
    """The flags of `tfgan serve`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    about = "The folder that `tfgan export` wrote, or one version in it."
    path_flags.define("model", "", about, values)
    about = "The name of the model in URLs. By default its recipe's, or model."
    text("name", "", about, values)
    about = "The version to serve. By default the highest, including versions added later."
    number("version", None, about, flag_values=values)
    text("host", "127.0.0.1", "The address to listen on; 0.0.0.0: on all interfaces.", values)
    number("port", 8501, "The port; 0: a free one.", 0, 65535, flag_values=values)
    flags.DEFINE_list(
        "allowed_hosts",
        [],
        "Host names, separated by commas, that requests may name as host besides localhost and "
        "--host; * for any. Needed behind a proxy that forwards the client's Host header.",
        values,
    )
    number("max_batch", 256, "Maximum number of rows per request.", 1, flag_values=values)
    about = "Maximum size of a request, in megabytes."
    number("max_body", 10, about, 1, flag_values=values)
    about = "Maximum number of pixels of the images in a request, in millions."
    number("max_pixels", 2, about, 1, flag_values=values)
    about = "Maximum number of requests that wait for the model; further requests get 503."
    number("queue", 64, about, 1, flag_values=values)


def run(values, positionals):
    """Serves until a signal stops it; returns the exit code."""
    parsing.no_positionals(positionals)
    if not values.model:
        raise flags.Error("--model must name the folder of an exported model.")
    if not re.fullmatch(r"[\w.-]*", values.name, re.ASCII):
        raise flags.Error(f"--name takes letters, digits, dots, - and _; received {values.name!r}.")
    for name in values.allowed_hosts:
        if not allowed_hosts.is_name(name):
            form = "--allowed_hosts takes host names without http:// and port, or *"
            raise flags.Error(f"{form}; received {name!r}.")
    with user_errors(), extras.require("serve", "Serving"):
        from tfgan.serving import server
    with _listen(server, values.host, values.port) as listening:
        start.tensorflow()
        connections = server.max_connections()
        queue = min(values.queue, connections)
        application = _application(values, queue, listening.getsockname()[0])
        name, url = application.name, server.url(listening)
        print(f"{name}, version {application.model.current.version}: {url}v1/models/{name}:predict")
        print(f"Page: {url}", flush=True)
        server.run(application, listening, connections, queue)
    print("Stopped.", flush=True)
    if application.is_busy:  # its client has received 503, and an exit would wait for it
        os._exit(0)
    return 0


def _listen(server, host, port):
    try:
        return server.listen(host, port)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(f"Cannot listen on {host}:{port}: {reason}.", 1) from error


def _application(values, queue, address):
    from tfgan.serving import application, limits, versioned_model

    with user_errors():
        model = versioned_model.VersionedModel(values.model, values.version)
    return application.Application(
        model,
        values.name or (model.current.metadata or {}).get("recipe") or "model",
        limits.Limits(values.max_batch, values.max_body * 10**6, queue, values.max_pixels * 10**6),
        allowed_hosts.Hosts(address, [values.host, *values.allowed_hosts]),
    )
