"""The versions in a folder, and the one that is served, also when the folder changes."""

import dataclasses
import logging
import time

import tensorflow as tf

from tfgan.serving import served_model

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 600.0  # seconds before a broken version is tried again


class VersionedModel:
    """The highest version in a folder that can be served, also when the folder changes.

    Attributes:
      current: `served_model.Model`.
    Args:
      folder: str, with versions in folders 1, 2, ...; or the folder of one version.
      version: int, the only one to serve; None for the highest.
      clock: function, () -> seconds.
    Raises: ValueError if there is nothing that can be served.
    """

    def __init__(self, folder, version=None, clock=time.monotonic):
        self._folder, self._clock = folder.rstrip("/") or "/", clock
        self._attempts, self._last_error = {}, None
        self._fixed = version is not None or _is_version(self._folder)
        paths = versions(self._folder)
        if not paths:
            raise ValueError(
                f"{folder} holds no SavedModel: neither {served_model.FILE} nor folders 1, 2, ... "
                "with one. `tfgan export` makes one."
            )
        if version is not None and version not in paths:
            numbers = ", ".join(map(str, sorted(paths)))
            raise ValueError(f"{folder} has no version {version}; it has {numbers}.")
        self.current = _highest(paths if version is None else {version: paths[version]})

    def refresh(self):
        """Loads the highest version if it is not the one that is served; a broken one is skipped.

        A version is loaded once its files are the same from one call to the next and while they are
        read; a broken one again when they have changed, or after a pause that doubles. A request
        that has begun ends with the version that it began with.
        """
        if self._fixed:
            return
        try:
            self._refresh(versions(self._folder))
            self._last_error = None
        except Exception as error:  # whatever is wrong with the folder, the old version is served
            if str(error) != self._last_error:
                _LOG.warning("%s", error)
            self._last_error = str(error)

    def _refresh(self, paths):
        self._attempts = {n: attempt for n, attempt in self._attempts.items() if n in paths}
        for version in sorted(paths, reverse=True):
            if version == self.current.version:
                return
            if model := self._try(paths[version], version):
                self.current = model
                _LOG.info("Version %d is served now.", version)
                return

    def _try(self, path, version):
        """The Model of a version; None if it is broken, is being written, or is not due."""
        attempt, files, now = self._attempts.get(version), _files(path), self._clock()
        if attempt is None or files != attempt.files:
            self._attempts[version] = _Attempt(files, 0.0, now)
            return None
        if now < attempt.due:
            return None
        try:
            model = served_model.load(path, version)
        except ValueError as error:
            pause = min(max(2 * attempt.pause, _FIRST_PAUSE), _LONGEST_PAUSE)
            self._attempts[version] = _Attempt(files, pause, self._clock() + pause)
            if not attempt.pause:
                _LOG.warning("%s", error)
            return None
        return model if _files(path) == files else None


@dataclasses.dataclass(frozen=True)
class _Attempt:
    files: list  # the result of `_files` when it was last read
    pause: float  # seconds from its last failure to the next attempt; 0 before it has failed
    due: float  # the time from which on it may be tried


def versions(folder):
    """The SavedModels of a folder: dict of paths by version, int.

    The folder of one version is that version itself, or 1 if its name is not a number.
    """
    if _is_version(folder):
        name = folder.rpartition("/")[2]
        return {int(name) if _is_number(name) else 1: folder}
    if not tf.io.gfile.isdir(folder):
        return {}
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(folder)]
    paths = {int(name): f"{folder}/{name}" for name in names if _is_number(name)}
    return {number: path for number, path in paths.items() if _is_version(path)}


def _highest(paths):
    """The Model of the highest version that can be served; else raises the error of the highest."""
    errors = []
    for version in sorted(paths, reverse=True):
        try:
            model = served_model.load(paths[version], version)
        except ValueError as error:
            errors.append(error)
            continue
        for error in errors:
            _LOG.warning("%s Version %d is served.", error, version)
        return model
    raise errors[0]


def _files(path):
    """Names, sizes and times of the files of a version: list that shows whether it has changed."""
    files = []
    for folder, _, names in tf.io.gfile.walk(path):
        for name in sorted(names):
            stat = tf.io.gfile.stat(f"{folder.rstrip('/')}/{name}")
            files.append((folder, name, stat.length, stat.mtime_nsec))
    return files


def _is_version(path):
    return tf.io.gfile.exists(f"{path}/{served_model.FILE}")


def _is_number(name):
    return name.isascii() and name.isdigit()
