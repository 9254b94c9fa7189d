"""Runs the pipeline on this machine, one process per step."""

import contextlib
import glob
import io
import re
import sys

from kfp import local

from ...errors import UserError
from . import definition


def run(settings, root):
    """Runs all steps and waits for them; their output goes to standard output.

    Args:
      settings: `settings.Settings`.
      root: str, the directory of the steps' outputs, where each run makes a new folder.
    Returns: (the gate's sentence, the path of the export or None).
    Raises: UserError, if a step fails, with the sentence that it ended with.
    """
    local.init(local.SubprocessRunner(use_venv=False), pipeline_root=root)
    before = set(_exports(root))
    output = _Tee(sys.stdout)
    try:
        with contextlib.redirect_stdout(output):
            result = definition.build(settings)()
    except RuntimeError as error:
        raise UserError(f"The pipeline failed. {output.sentence or error}", 1) from error
    exported = sorted(set(_exports(root)) - before)
    if (result.outputs["decision"] == "export") != bool(exported):
        raise UserError("The runner of Kubeflow Pipelines did not follow the gate's decision.", 1)
    with open(result.outputs["verdict"].path) as file:
        return file.read().strip(), exported[0] if exported else None


def _exports(root):
    return glob.glob(f"{glob.escape(root)}/*/export/exported")


class _Tee(io.TextIOBase):
    """Passes text on and keeps the last sentence that a step ended with."""

    def __init__(self, stream):
        self._stream = stream
        self.sentence = ""

    def write(self, text):
        for match in re.finditer(r"^\s*(tfgan \w+: .+)", text, re.MULTILINE):
            self.sentence = match[1]
        return self._stream.write(text)

    def flush(self):
        self._stream.flush()
