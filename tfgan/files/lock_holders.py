"""Who holds a lock: a process of a machine, and whether it still runs."""

import dataclasses
import json
import os
import socket

import psutil

_FIELDS = {"host": str, "process": int, "started": float, "token": str, "doing": str, "since": str}


@dataclasses.dataclass(frozen=True)
class Holder:
    """Who holds a lock.

    Attributes:
      host: str, the machine, since when it has been up and, in a container, which process numbers
        it sees.
      process: int, its number there.
      started: float, when the process started, by a clock that cannot be set (`started_at`), so
        that a number that is used again tells.
      token: str, of this lock alone.
      doing: str, such as "tfgan train".
      since: str, when it took the lock, for people.
    """

    host: str
    process: int
    started: float
    token: str
    doing: str
    since: str

    @property
    def is_gone(self):
        """Whether its process has ended; only where `is_here`."""
        try:
            return started_at(self.process) != self.started
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:  # of another user: it runs
            return False

    @property
    def is_here(self):
        """Whether it was written on this machine."""
        return self.host == host()

    def __str__(self):
        machine = self.host.split(" ")[0]
        return f"{self.doing}, process {self.process} on {machine}, since {self.since}"


def host():
    """The machine, its last start, and the numbering of processes that this one sees."""
    try:
        numbering = os.readlink("/proc/self/ns/pid")
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            start = file.read().strip()
    except OSError:  # another system than Linux
        numbering, start = "pid:[0]", ""
    return f"{socket.gethostname()} {numbering} {start}".strip()


def started_at(process):
    """When a process started, in ticks since the machine did: float.

    Elsewhere than on Linux it is the time by the clock, to a tenth of a minute.

    Raises: `psutil.NoSuchProcess`, if there is no such process.
    """
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return float(file.read().rpartition(")")[2].split()[19])
    except FileNotFoundError:
        if os.path.exists("/proc/self/stat"):
            raise psutil.NoSuchProcess(process) from None
        return float(round(psutil.Process(process).create_time() / 6.0))


def parsed(content):
    """The Holder that a lock's content tells of, or None if it tells of none."""
    try:
        facts = json.loads(content)
        fields = {name: facts[name] for name in _FIELDS}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_typed = all(isinstance(fields[name], kind) for name, kind in _FIELDS.items())
    if not (is_typed and 0 < fields["process"] < 2**31):
        return None
    return Holder(**fields)
