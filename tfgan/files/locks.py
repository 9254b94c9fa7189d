"""One writer for a directory: a lock that outlives no process.

The lock is the file `.tfgan.lock` in the directory, and tells who holds it. The holder rewrites it
every few seconds. A lock is stale if its process has ended, which only the same machine can tell,
or, seen from another machine, if the file has not changed for a while: clocks are not compared. A
process that was stopped for so long that another took its lock finds out by `Lock.check`.

Object stores cannot create a file only where there is none. There a lock is written, and read again
after a moment: of two that wrote at once the later one holds it.
"""

import contextlib
import dataclasses
import datetime
import json
import logging
import os
import secrets
import stat
import threading
import time

import tensorflow as tf

from tfgan.files import lock_holders
from tfgan.files.atomic import write_text
from tfgan.files.names import part_of
from tfgan.files.removal import remove

_LOG = logging.getLogger(__name__)

NAME = ".tfgan.lock"

_BEAT = 10.0  # seconds between two signs of life
_PATIENCE = 35.0  # seconds without one after which a process on another machine counts as gone
_SETTLING = 1.0  # seconds after which of two that wrote at once one knows that it came first


class Locked(ValueError):  # noqa: N818
    """Another process holds the lock."""


class Lock:
    """The lock of a directory; `locked` is the way to hold it.

    Args:
      directory: str, local or remote; it is made if it is missing, and removed again at the release
        if it is still empty.
      doing: str, what the holder does, such as "tfgan train".
    """

    def __init__(self, directory, doing):
        self._directory = directory.rstrip("/") or "/"
        self._path = f"{self._directory}/{NAME}"
        self._is_remote = "://" in directory
        since = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
        started = lock_holders.started_at(os.getpid())
        token = secrets.token_hex(8)
        self._me = lock_holders.Holder(
            lock_holders.host(), os.getpid(), started, token, doing, since
        )
        self._beats = 0
        self._has_made_directory = False
        self._released = threading.Event()

    def acquire(self):
        """Takes the lock, from a process that has ended if need be.

        Raises: Locked, if another process holds it; `tf.errors.OpError` or OSError, if the
          directory cannot be written.
        """
        self._has_made_directory = not tf.io.gfile.exists(self._directory)
        tf.io.gfile.makedirs(self._directory)
        while not self._claim():
            self._check_regular()
            holder, content = self._read()
            if content is None:
                continue  # released a moment ago
            if holder and holder.is_here and not holder.is_gone:
                raise Locked(self._in_use(holder))
            if not (holder and holder.is_here):
                self._wait_for_a_sign(holder, content)
            self._take_away(content)
        threading.Thread(target=self._beat, daemon=True).start()

    def check(self):
        """Raises Locked, if another process has taken the lock of this one, which stood still."""
        holder, _ = self._read()
        if holder and holder.token != self._me.token:
            raise Locked(
                f"{self._directory} was taken over by {holder}, because this process had stood "
                "still; it writes nothing more."
            )

    def release(self):
        """Gives the lock back, if it is still this process'."""
        self._released.set()
        holder, _ = self._read()
        if holder and holder.token == self._me.token:
            with contextlib.suppress(OSError, tf.errors.OpError):
                remove(self._path)
        if self._has_made_directory and not self._is_remote:
            with contextlib.suppress(OSError):  # it holds something
                os.rmdir(self._directory)

    def _check_regular(self):
        """Refuses what is in the place of a lock and is not a file."""
        if not self._is_remote and os.path.lexists(self._path):
            is_file = stat.S_ISREG(os.lstat(self._path).st_mode)
            if not is_file:
                raise Locked(f"{self._path} must be a file that tfgan wrote; remove it.")

    def _content(self):
        return json.dumps(dataclasses.asdict(self._me) | {"beat": self._beats}) + "\n"

    def _claim(self):
        """Writes the lock where there is none; whether it is ours."""
        if not self._is_remote:
            return self._claim_locally()
        if tf.io.gfile.exists(self._path):
            return False
        write_text(self._path, self._content())
        if not self._path.startswith("ram://"):  # which other processes do not see
            time.sleep(_SETTLING)
        holder, _ = self._read()
        return holder is not None and holder.token == self._me.token

    def _claim_locally(self):
        part = part_of(self._path)
        with open(part, "x", encoding="utf-8") as file:
            file.write(self._content())
        try:
            os.link(part, self._path)  # fails if there is one, and shows no half of it
        except FileExistsError:
            return False
        except OSError:  # no links on this file system
            return self._claim_without_links()
        finally:
            os.remove(part)
        return True

    def _claim_without_links(self):
        try:
            with open(self._path, "x", encoding="utf-8") as file:
                file.write(self._content())
        except FileExistsError:
            return False
        return True

    def _read(self):
        """(Holder or None if the content is none, the content or None if there is no lock)."""
        try:
            with tf.io.gfile.GFile(self._path, "r") as file:
                content = file.read(4096)
        except (tf.errors.NotFoundError, tf.errors.FailedPreconditionError):
            return None, None
        except UnicodeDecodeError:
            return None, ""
        return lock_holders.parsed(content), content

    def _wait_for_a_sign(self, holder, content):
        """Returns once the holder counts as gone.

        Raises: Locked, if it gives a sign of life.
        """
        _LOG.warning(
            "%s may be in use by %s: waiting up to %.0f s for a sign of it.",
            self._directory,
            holder or "another process",
            _PATIENCE,
        )
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            time.sleep(_BEAT / 10)
            now, changed = self._read()
            if changed is None:
                return
            if changed != content:
                raise Locked(self._in_use(now or holder))

    def _take_away(self, content):
        """Removes a stale lock, but not one that another process has put in its place."""
        with _alone(self._directory):
            if self._read()[1] == content:
                remove(self._path)

    def _beat(self):
        while not self._released.wait(_BEAT):
            with contextlib.suppress(OSError, tf.errors.OpError):
                holder, content = self._read()
                if content is None or (holder and holder.token != self._me.token):
                    return
                self._beats += 1
                write_text(self._path, self._content())

    def _in_use(self, holder):
        return (
            f"{self._directory} is in use by {holder or 'another process'}: wait until it has "
            "ended, or choose another directory."
        )


@contextlib.contextmanager
def locked(directory, doing):
    """Holds the lock of a directory inside the block.

    Args:
      directory, doing: as of `Lock`.
    Yields: `Lock`.
    Raises: as `Lock.acquire`.
    """
    lock = Lock(directory, doing)
    lock.acquire()
    try:
        yield lock
    finally:
        lock.release()


@contextlib.contextmanager
def _alone(directory):
    """Keeps other processes of this machine out of the block, where the file system can."""
    try:
        opened = os.open(directory, os.O_RDONLY)
    except OSError:  # remote
        yield
        return
    try:
        with contextlib.suppress(OSError, ImportError):
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
