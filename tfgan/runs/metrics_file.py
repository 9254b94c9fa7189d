"""metrics.jsonl: the scores of a run, one JSON object per line."""

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
    step: Annotated[int, msgspec.Meta(ge=0)]


class _Floor(msgspec.Struct):
    value: float | None
    n_fake: int | None = None


class _Extractor(msgspec.Struct):
    name: str
    sha256: str | None = None


class _Score(_Line):
    metric: str
    value: float | None
    better: Literal["lower", "higher", ""] = ""
    floor: _Floor | None = None
    extractor: _Extractor | None = None


class MetricsFile:
    """The metrics of a run: invalid lines are left out with a warning.

    Args:
      workdir: str, the run directory.
    Raises: OSError, in all methods, for a link or another irregular file at its path.
    """

    def __init__(self, workdir):
        self._workdir = workdir
        self.path = f"{workdir}/metrics.jsonl"

    def append(self, record):
        """Appends a dict that JSON can hold; NaN and infinity are written as null."""
        line = json.dumps(_finite(record), allow_nan=False) + "\n"
        start = "" if self._ends_with_newline() else "\n"
        with files.open_without_links(self.path, "ab") as file:
            file.write((start + line).encode())

    def append_if_unlocked(self, records):
        """Appends a list of records, unless another process trains: then it warns.

        Returns: bool, whether they were appended.
        """
        try:
            with files.locked(self._workdir, "tfgan evaluate"):
                for record in records:
                    self.append(record)
        except files.Locked as error:
            _LOG.warning("The scores are not appended to %s: %s", self.path, error)
            return False
        return True

    def read(self):
        """All records, oldest first: list of dict with an int `step`."""
        return [record for _, record in self._lines()]

    def scores(self):
        """The records of evaluations, with `metric`, `value` (None: not finite) and `better`."""
        return [record for record in self.read() if "value" in record]

    def forget_after(self, step):
        """Removes the records of later steps, which a resumed run takes again."""
        if self._exists():
            remaining = [line for line, record in self._lines() if record["step"] <= step]
            files.write_bytes(self.path, b"".join(line + b"\n" for line in remaining))

    def _exists(self):
        return os.path.islink(self.path) or tf.io.gfile.exists(self.path)  # also a dangling link

    def _lines(self):
        """The lines that are records: list of (bytes, dict)."""
        if not self._exists():
            return []
        with files.open_without_links(self.path, "rb") as file:
            lines = file.read().split(b"\n")
        valid, invalid = [], []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                valid.append((line, _parse(line)))
            except ValueError as error:
                invalid.append(f"line {number} is not a record{error}")
        if invalid:
            others = f" (and {len(invalid) - 1} others are not)" if len(invalid) > 1 else ""
            _LOG.warning("%s: left out: %s%s", self.path, invalid[0], others)
        return valid

    def _ends_with_newline(self):
        if not self._exists():
            return True
        with files.open_without_links(self.path, "rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 1))
            return file.read(1) in (b"", b"\n")


def _parse(line):
    record = files.parse_json(line, dict[str, Any], "")
    files.parse_json(line, _Score if "value" in record else _Line, "")
    return record


def _finite(value):
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
