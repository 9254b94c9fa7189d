"""metrics.jsonl: the figures of a run, one JSON object a line."""

import json
import logging
import math
import os
from typing import Annotated, Any, Literal

import msgspec
import tensorflow as tf

from tfgan import files

_LOG = logging.getLogger(__name__)


class _Line(msgspec.Struct):
    """What every record has: the step that it is of."""

    step: Annotated[int, msgspec.Meta(ge=0)]


class _Floor(msgspec.Struct):
    value: float | None
    n_fake: int | None = None


class _Extractor(msgspec.Struct):
    name: str
    sha256: str | None = None


class _Figure(_Line):
    """What the records of evaluations have besides."""

    metric: str
    value: float | None
    better: Literal["lower", "higher", ""] = ""
    floor: _Floor | None = None
    extractor: _Extractor | None = None


class MetricsFile:
    """Appends records to the metrics of a run.

    A line that is not a record, because a kill has cut it off or someone has edited it, is left out
    wherever the file is read, and that is said. The file is the run's own: what is not a regular
    file, such as a link, is refused by an OSError in one sentence and not followed.

    Args:
      workdir: str, the run directory.
    """

    def __init__(self, workdir):
        self.path = f"{workdir}/metrics.jsonl"

    def append(self, record):
        """Adds one record: dict that JSON can hold; NaN and infinity, which it cannot, as null."""
        line = json.dumps(_finite(record), allow_nan=False) + "\n"
        start = "" if self._ends_a_line() else "\n"
        with files.open_without_links(self.path, "ab") as file:
            file.write((start + line).encode())

    def read(self):
        """All records, oldest first: list of dict with an int `step`."""
        return [record for _, record in self._lines()]

    def figures(self):
        """The records of evaluations: with `metric`, `value` (None: not a number), `better`."""
        return [record for record in self.read() if "value" in record]

    def forget_after(self, step):
        """Removes the records of steps that a resumed run is going to take again."""
        if self._exists():
            kept = [line for line, record in self._lines() if record["step"] <= step]
            files.write_bytes(self.path, b"".join(line + b"\n" for line in kept))

    def _exists(self):
        """Whether something has the file's name; also a link that leads nowhere."""
        return os.path.islink(self.path) or tf.io.gfile.exists(self.path)

    def _lines(self):
        """The lines that are records: list of (bytes, dict)."""
        if not self._exists():
            return []
        with files.open_without_links(self.path, "rb") as file:
            lines = file.read().split(b"\n")
        right, wrong = [], []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                right.append((line, _record(line)))
            except ValueError as error:
                wrong.append(f"line {number} is not a record{error}")
        if wrong:
            others = f" (and {len(wrong) - 1} others are not)" if len(wrong) > 1 else ""
            _LOG.warning("%s: left out: %s%s", self.path, wrong[0], others)
        return right

    def _ends_a_line(self):
        """Whether a line may start here: not behind the half of one that a kill has left."""
        if not self._exists():
            return True
        with files.open_without_links(self.path, "rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 1))
            return file.read(1) in (b"", b"\n")


def _record(line):
    """The record that a line holds: dict.

    Raises: ValueError for a line that is not a record.
    """
    record = files.parse_json(line, dict[str, Any], "")
    files.parse_json(line, _Figure if "value" in record else _Line, "")
    return record


def _finite(value):
    """A tree of dicts and lists in which numbers that are not finite have become None."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
