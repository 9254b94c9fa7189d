"""metrics.jsonl: the figures of a run, one JSON object a line."""

import json
import math

import tensorflow as tf


class MetricsFile:
    """Appends records to the metrics of a run.

    Args:
      workdir: str, the run directory.
    """

    def __init__(self, workdir):
        self.path = f"{workdir}/metrics.jsonl"

    def append(self, record):
        """Adds one record: dict that JSON can hold; NaN and infinity, which it cannot, as null."""
        with tf.io.gfile.GFile(self.path, "a") as file:
            file.write(json.dumps(_finite(record), allow_nan=False) + "\n")

    def read(self):
        """All records, oldest first; a line that a kill cut off is left out."""
        if not tf.io.gfile.exists(self.path):
            return []
        records = []
        with tf.io.gfile.GFile(self.path, "r") as file:
            for line in file:
                try:
                    records.append(json.loads(line))
                except json.JSONDecodeError:
                    continue
        return records

    def forget_after(self, step):
        """Removes the records of steps that a resumed run is going to take again."""
        if not tf.io.gfile.exists(self.path):
            return
        kept = [record for record in self.read() if record.get("step", 0) <= step]
        with tf.io.gfile.GFile(self.path + ".part", "w") as file:
            file.write("".join(json.dumps(record) + "\n" for record in kept))
        tf.io.gfile.rename(self.path + ".part", self.path, overwrite=True)


def _finite(value):
    """A tree of dicts and lists in which numbers that are not finite have become None."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
