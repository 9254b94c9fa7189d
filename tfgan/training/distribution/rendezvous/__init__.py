"""Workers wait for one another and compare what they are about to do, before TensorFlow connects.

TensorFlow's own meeting waits inside C++, without reports, signals and comparisons. Here the chief
listens at its address in the cluster, the others connect to it and send facts about themselves; all
continue if all facts are equal. The connections stay open while the run is prepared, so that
a worker that fails meanwhile ends the others with its own reason.
"""

import contextlib

from tfgan.training.distribution.rendezvous.participants import Chief, Worker
from tfgan.training.distribution.rendezvous.timeouts import MeetingError

__all__ = ["MeetingError", "meeting"]


@contextlib.contextmanager
def meeting(role, timeout):
    """The meeting of the workers of a job; trivial for a single process.

    Args:
      role: `distribution.Role`; its address is in use until the first comparison has ended.
      timeout: float, seconds to wait for the last worker at each comparison.
    Yields: function (dict of str by topic, such as {"--steps": "100"}), which all workers call. It
      raises ValueError if their facts differ, and MeetingError if one is missing or has ended.
    Raises: MeetingError, if the address of this process is in use. An error in the block ends the
      other workers too, with its reason.
    """
    if role.workers == 1:
        yield lambda facts: None
        return
    participant = (Chief if role.is_chief else Worker)(role, timeout)
    try:
        yield participant.compare
    except BaseException as error:
        participant.stop(_reason(role, error))
        raise
    finally:
        participant.close()


def _reason(role, error):
    if isinstance(error, MeetingError):
        return str(error)
    reason = "it was interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
    return f"{role.name} has stopped: {reason.splitlines()[0] if reason else type(error).__name__}"
