"""The holder of a lock: a process on a machine, and whether it still runs."""

import os
import socket
from typing import Annotated

import msgspec
import psutil


class Holder(msgspec.Struct, frozen=True):
    """The content of a lock.

    Attributes:
      host, process: str and int, see `host`, and the process id there.
      started: float, see `started_at`; two processes with the same id differ in it.
      token: str, unique to this lock.
      program: str, such as "tfgan train".
      since: str, when the lock was acquired, for people.
      beat: int, how often the holder has rewritten the lock.
    """

    host: str
    process: Annotated[int, msgspec.Meta(gt=0, lt=2**31)]
    started: float
    token: str
    program: str = msgspec.field(name="doing")
    since: str
    beat: int = 0

    @property
    def is_local(self):
        """Whether the lock was written on this machine."""
        return self.host == host()

    @property
    def has_ended(self):
        """Whether the process has ended; meaningful only if `is_local`."""
        try:
            return started_at(self.process) != self.started
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:  # of another user: it runs
            return False

    def __str__(self):
        machine = self.host.split(" ")[0]
        return f"{self.program}, process {self.process} on {machine}, since {self.since}"


def parse(content):
    """The `Holder` that the content of a lock (str) describes; None for other content."""
    try:
        return msgspec.json.decode(content, type=Holder)
    except (msgspec.DecodeError, RecursionError):
        return None


def host():
    """The machine, its namespace of process ids and its last boot: str."""
    try:
        namespace = os.readlink("/proc/self/ns/pid")
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            boot = file.read().strip()
    except OSError:  # not Linux
        namespace, boot = "pid:[0]", ""
    return f"{socket.gethostname()} {namespace} {boot}".strip()


def started_at(process):
    """When a process started: float, in clock ticks since boot; other than on Linux, in 6 s.

    Raises: `psutil.NoSuchProcess`.
    """
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return float(file.read().rpartition(")")[2].split()[19])
    except FileNotFoundError:
        if os.path.exists("/proc/self/stat"):
            raise psutil.NoSuchProcess(process) from None
        return float(round(psutil.Process(process).create_time() / 6.0))
