"""Appends what was measured after training to the metrics of a run, as its one writer."""

import logging

from tfgan import files
from tfgan.runs.metrics_file import MetricsFile

_LOG = logging.getLogger(__name__)


def append(workdir, records):
    """Appends records to metrics.jsonl, under the lock of the run.

    A process that trains in the directory holds the lock, and may rewrite the file: then nothing is
    appended, which is said.

    Args:
      workdir: str, the run's directory.
      records: list of dict that JSON can hold.
    Returns: bool, whether they were appended.
    Raises: OSError for a file that is not the run's own or cannot be written.
    """
    try:
        with files.locked(workdir, "tfgan evaluate"):
            for record in records:
                MetricsFile(workdir).append(record)
    except files.Locked as error:
        _LOG.warning("The figures are not appended to %s: %s", MetricsFile(workdir).path, error)
        return False
    return True
