"""Runs the pipeline on this machine, one process a step."""

import contextlib
import glob
import io
import re
import sys

from kfp import local

from ...errors import UserError
from . import definition


def run(settings, root):
    """Runs all steps and waits for them; their words go to standard output.

    Args:
      settings: `settings.Settings`.
      root: str, the directory for what the steps make, a new folder in it for each run.
    Returns: (the gate's sentence, the path of the export or None).
    Raises: UserError, if a step fails, with the sentence that its program ended with.
    """
    local.init(local.SubprocessRunner(use_venv=False), pipeline_root=root)
    before = set(_exports(root))
    heard = _Listener(sys.stdout)
    try:
        with contextlib.redirect_stdout(heard):
            done = definition.build(settings)()
    except RuntimeError as error:
        raise UserError(f"The pipeline failed. {heard.sentence or error}", 1) from error
    exported = sorted(set(_exports(root)) - before)
    if (done.outputs["decision"] == "export") != bool(exported):
        raise UserError("The runner of Kubeflow Pipelines did not do what the gate decided.", 1)
    with open(done.outputs["verdict"].path) as file:
        return file.read().strip(), exported[0] if exported else None


def _exports(root):
    return glob.glob(f"{glob.escape(root)}/*/export/exported")


class _Listener(io.TextIOBase):
    """Passes text on and keeps the last sentence that a program of tfgan ended with."""

    def __init__(self, stream):
        self._stream = stream
        self.sentence = ""

    def write(self, text):
        for line in text.splitlines():
            said = re.match(r"\s*(tfgan \w+: .+)", line)
            self.sentence = said[1] if said else self.sentence
        return self._stream.write(text)

    def flush(self):
        self._stream.flush()
