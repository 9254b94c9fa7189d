"""One writer per directory: a lock that ends with its process.

The lock is the file `.tfgan.lock`; it names its holder, who rewrites it every few seconds. It is
stale if its process has ended or, on another machine, if the file has not changed for a while.
Object stores cannot create a file only if it is missing. There a lock is written, and read again
after a moment: of two that wrote at once the later one holds it.
"""

import contextlib
import datetime
import json
import logging
import os
import secrets
import stat
import threading
import time

import msgspec
import tensorflow as tf

from tfgan import failures
from tfgan.files import lock_holders
from tfgan.files.atomic import write_text
from tfgan.files.names import part_of
from tfgan.files.removal import remove

_LOG = logging.getLogger(__name__)

NAME = ".tfgan.lock"

_HEARTBEAT = 10.0  # seconds between two writes of the holder
_TIMEOUT = 35.0  # seconds without a write after which a process on another machine counts as ended
_SETTLING = 1.0  # seconds after which the last of several simultaneous writes is visible


class Locked(failures.Failure):
    """Another process holds the lock."""


class Lock:
    """The lock of a directory; usually held by `locked`.

    Args:
      directory: str, local or remote; created if missing, then removed at the release if empty.
      program: str, the holder, such as "tfgan train".
    """

    def __init__(self, directory, program):
        self._directory = directory.rstrip("/") or "/"
        self._path = f"{self._directory}/{NAME}"
        self._is_remote = "://" in directory
        self._self = lock_holders.Holder(
            host=lock_holders.host(),
            process=os.getpid(),
            started=lock_holders.started_at(os.getpid()),
            token=secrets.token_hex(8),
            program=program,
            since=datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %Z"),
        )
        self._created_directory = False
        self._released = threading.Event()

    def acquire(self):
        """Acquires the lock; a stale one is replaced.

        Raises: Locked; `tf.errors.OpError` or OSError, if the directory cannot be written.
        """
        self._created_directory = not tf.io.gfile.exists(self._directory)
        tf.io.gfile.makedirs(self._directory)
        while not self._create():
            self._check_regular()
            holder, content = self._read()
            if content is None:
                continue  # released meanwhile
            if holder and holder.is_local:
                if not holder.has_ended:
                    raise Locked(self._in_use(holder))
            else:
                self._wait_for_heartbeat(holder, content)
            self._remove_stale(content)
        threading.Thread(target=self._beat, daemon=True).start()

    def check(self):
        """Raises Locked, if another process has replaced the lock while this one was suspended."""
        holder, _ = self._read()
        if holder and holder.token != self._self.token:
            raise Locked(
                f"{self._directory} was taken over by {holder}, because this process had stood "
                "still; it writes nothing more."
            )

    def release(self):
        """Releases the lock, if this process still holds it."""
        self._released.set()
        with contextlib.suppress(OSError, tf.errors.OpError):
            if self._is_ours():
                remove(self._path)
        if self._created_directory and not self._is_remote:
            with contextlib.suppress(OSError):  # not empty
                os.rmdir(self._directory)

    def _is_ours(self):
        holder, _ = self._read()
        return holder is not None and holder.token == self._self.token

    def _check_regular(self):
        is_file = self._is_remote or not os.path.lexists(self._path)
        if not (is_file or stat.S_ISREG(os.lstat(self._path).st_mode)):
            raise Locked(f"{self._path} must be a file that tfgan wrote; remove it.")

    def _content(self):
        return json.dumps(msgspec.to_builtins(self._self)) + "\n"

    def _create(self):
        """Writes the lock if there is none; returns whether this process holds it."""
        if not self._is_remote:
            return self._create_locally()
        if tf.io.gfile.exists(self._path):
            return False
        write_text(self._path, self._content())
        if not self._path.startswith("ram://"):  # invisible to other processes
            time.sleep(_SETTLING)
        return self._is_ours()

    def _create_locally(self):
        part = part_of(self._path)
        with open(part, "x", encoding="utf-8") as file:
            file.write(self._content())
        try:
            os.link(part, self._path)  # fails if there is a lock, and is atomic
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            try:
                with open(self._path, "x", encoding="utf-8") as file:
                    file.write(self._content())
            except FileExistsError:
                return False
        finally:
            os.remove(part)
        return True

    def _read(self):
        """(Holder, or None if the content is not valid; content, or None if there is no lock)."""
        try:
            with tf.io.gfile.GFile(self._path, "r") as file:
                content = file.read(4096)
        except (tf.errors.NotFoundError, tf.errors.FailedPreconditionError):
            return None, None
        except UnicodeDecodeError:
            return None, ""
        return lock_holders.parse(content), content

    def _wait_for_heartbeat(self, holder, content):
        """Returns once the holder counts as ended; raises Locked if the lock changes meanwhile."""
        message = "%s may be in use by %s: waiting up to %.0f s for a sign of it."
        _LOG.warning(message, self._directory, holder or "another process", _TIMEOUT)
        end = time.monotonic() + _TIMEOUT
        while time.monotonic() < end:
            time.sleep(_HEARTBEAT / 10)
            new_holder, new_content = self._read()
            if new_content is None:
                return
            if new_content != content:
                raise Locked(self._in_use(new_holder or holder))

    def _remove_stale(self, content):
        """Removes a stale lock, but not one with which another process has just replaced it."""
        with _exclusive(self._directory):
            if self._read()[1] == content:
                remove(self._path)

    def _beat(self):
        while not self._released.wait(_HEARTBEAT):
            with contextlib.suppress(OSError, tf.errors.OpError):
                holder, content = self._read()
                if content is None or (holder and holder.token != self._self.token):
                    return
                self._self = msgspec.structs.replace(self._self, beat=self._self.beat + 1)
                write_text(self._path, self._content())

    def _in_use(self, holder):
        return (
            f"{self._directory} is in use by {holder or 'another process'}: wait until it has "
            "ended, or choose another directory."
        )


@contextlib.contextmanager
def locked(directory, program):
    """Holds a `Lock` inside the block, and yields it; args as there."""
    lock = Lock(directory, program)
    lock.acquire()
    try:
        yield lock
    finally:
        lock.release()


@contextlib.contextmanager
def _exclusive(directory):
    """Keeps other processes of this machine out of the block, if the file system can."""
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError:  # remote
        yield
        return
    try:
        with contextlib.suppress(OSError, ImportError):
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
