"""answers over HTTP with an exported model, and shows a page to try it by eye.

The requests are those of TensorFlow Serving's REST form: POST /v1/models/NAME:predict with
"instances" or "inputs", GET /v1/models/NAME and GET /v1/models/NAME/metadata; versions are at
/v1/models/NAME/versions/N. The page is at /. A higher version that appears in the folder replaces
the one that is served. A SavedModel is code: serve only what you trust.
"""

import re

from absl import flags

from . import path_flags, start, usage
from .errors import Refusal, refusing, refusing_without


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
    number("max_batch", 256, "The most rows of a request.", 1, flag_values=values)
    number("max_body", 10, "The most megabytes of a request.", 1, flag_values=values)
    number("queue", 64, "Requests at one time; more are told to wait.", 1, flag_values=values)


def run(values, positionals):
    """Serves until it is told to stop; returns the exit code."""
    usage.no_positionals(positionals)
    if not values.model:
        raise flags.Error("--model must name the folder of an exported model.")
    if not re.fullmatch(r"[\w.-]*", values.name, re.ASCII):
        raise flags.Error(f"--name takes letters, digits, dots, - and _; received {values.name!r}.")
    with refusing_without("serve", "Serving"):
        from .serving import server
    with _listening(server, values.host, values.port) as listening:
        server.run(_application(values, server.address(listening)), listening)
    print("Stopped.")
    return 0


def _listening(server, host, port):
    try:
        return server.listen(host, port)
    except OSError as error:
        told = error.strerror or error
        raise Refusal(f"Nothing can listen at {host}:{port}: {told}.", 1) from error


def _application(values, address):
    """Loads the model and says where it will be."""
    start.tensorflow()
    from .serving import application, models

    with refusing():
        shelf = models.Shelf(values.model, values.version)
    model = shelf.current
    name = values.name or (model.facts or {}).get("recipe") or "model"
    limits = application.Limits(values.max_batch, values.max_body * 10**6, values.queue)
    made = application.Application(shelf, name, limits)
    print(f"{name}, version {model.version}: {address}v1/models/{name}:predict")
    print(f"Page: {address}", flush=True)
    return made
