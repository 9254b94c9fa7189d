"""Where the workers of a job wait for one another and compare what they are about to do.

TensorFlow waits inside its C++ part, says nothing and obeys no signal, and workers that train
different things find out by errors of its graphs. So the workers meet here first. The chief listens
at its address in the cluster, the others connect to it, and each tells facts about itself; all go
on if all facts are equal. The connections stay while the training is made ready, so that a worker
that fails on the way ends the others with its own reason.
"""

import contextlib

from tfgan.training.distribution.rendezvous.participants import Chief, Worker
from tfgan.training.distribution.rendezvous.timeouts import MeetingError

__all__ = ["MeetingError", "meeting"]


@contextlib.contextmanager
def meeting(role, patience):
    """The meeting of the workers of a job; a process that is alone meets nobody.

    Inside the block the address of this process is in use until the first comparison has ended.

    Args:
      role: `distribution.Role`.
      patience: float, seconds, how long the last worker is waited for at each comparison.
    Yields: function (facts), which all workers must call equally often. Facts are a dict of str by
      what they are about, such as {"--steps": "100"}. It returns when all have called it. It raises
      ValueError if their facts differ, and MeetingError if one does not come or has ended.
    Raises: MeetingError, if the address of this process is in use. What ends the block ends the
      meeting: the other workers hear of it.
    """
    if role.workers == 1:
        yield lambda facts: None
        return
    part = (Chief if role.is_chief else Worker)(role, patience)
    try:
        yield part.compare
    except BaseException as error:
        part.stop(_told(role, error))
        raise
    finally:
        part.close()


def _told(role, error):
    """The reason that other workers hear."""
    if isinstance(error, MeetingError):
        return str(error)
    reason = "it was interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
    return f"{role.name} has stopped: {reason.splitlines()[0] if reason else type(error).__name__}"
