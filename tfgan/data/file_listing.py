"""The files below a folder, local or remote: what is there, and how it is read."""

import concurrent.futures
import itertools
import logging
import os

import tensorflow as tf

from tfgan import files, words
from tfgan.data.decoding import image_header

_LOG = logging.getLogger(__name__)

_THREADS = 16  # more than cores, because a remote read is mostly waiting
_TOGETHER = 64  # names that a thread looks at in a call


class Folder:
    """The image files below a folder, sorted by name, so that the file system has no say.

    Hidden files and folders are left alone. Links are followed, but for a link to a folder that it
    lies in: its images would come again and again.

    Attributes:
      name: str, "images:FOLDER".
      names, paths: lists of str, the images, relative to the folder and where they are.
      sizes, times: lists of int, bytes and nanoseconds; of another archive what stands for times.
      others: list of str, the files that are not images.
      missing: list of str, the images that are links to nothing.

    Args:
      folder: str, anything that `tf.io.gfile` takes.
    Raises: ValueError for no folder, and for files and folders that cannot be read.
    """

    def __init__(self, folder):
        if not tf.io.gfile.isdir(folder):
            is_file = tf.io.gfile.exists(folder)
            raise ValueError(
                f"images:{folder}: this is a file; give its folder, or a .zip of images."
                if is_file
                else f"images:{folder}: there is no such folder."
            )
        self.name = f"images:{folder}"
        self._folder = folder
        images, self.others = image_names(self._all_names())
        stats = self._stats(images)
        self.missing = [name for name, stat in zip(images, stats, strict=True) if not stat]
        there = [(name, stat) for name, stat in zip(images, stats, strict=True) if stat]
        self.names = [name for name, _ in there]
        self.paths = [self._path(name) for name in self.names]
        self.sizes = [stat.length for _, stat in there]
        self.times = [stat.mtime_nsec for _, stat in there]

    def head(self, name, most):
        """The first `most` bytes of an image, all of them for -1."""
        path = self._path(name)
        if "://" not in path:  # in half the time
            with open(path, "rb", buffering=0) as file:
                return file.read(most)
        with tf.io.gfile.GFile(path, "rb") as file:
            return file.read(most)

    def content(self, name):
        """All bytes of a file, an image or another.

        Raises: ValueError, as `files.read_bytes`.
        """
        return files.read_bytes(self._path(name), f"{self.name}: {name}")

    def size(self, name):
        """The bytes of a file."""
        return tf.io.gfile.stat(self._path(name)).length

    def _path(self, name):
        is_remote = "://" in self._folder
        return (
            f"{self._folder.rstrip('/')}/{name}" if is_remote else os.path.join(self._folder, name)
        )

    def _all_names(self):
        names = []
        walk = tf.io.gfile.walk if "://" in self._folder else self._walk
        for root, _, there in walk(self._folder):
            below = root[len(self._folder) :].strip("/")
            names += [f"{below}/{file}" if below else file for file in there]
        return names

    def _walk(self, folder):
        """`os.walk` that follows links, each folder once on its own way down."""
        ways = {folder: (os.path.realpath(folder),)}
        loops = []
        for root, folders, there in os.walk(folder, onerror=self._refuse, followlinks=True):
            way = ways.pop(root)
            real = {name: os.path.realpath(os.path.join(root, name)) for name in folders}
            folders[:] = [name for name in folders if real[name] not in way]
            ways |= {os.path.join(root, name): (*way, real[name]) for name in folders}
            below = os.path.relpath(root, folder)
            loops += [os.path.join(below, name) for name in real if real[name] in way]
            yield root, folders, there
        if loops:
            _LOG.warning(
                "%s: %s not followed: %s.",
                self.name,
                words.are(len(loops), "link to a folder above", "links to folders above"),
                words.some(sorted(map(os.path.normpath, loops))),
            )

    def _refuse(self, error):
        raise ValueError(f"{self.name}: {error.filename} cannot be read: {error.strerror}.")

    def _stats(self, names):
        """`_stat` of each, in threads that look at many names in a call."""
        many = max(1, min(_TOGETHER, len(names) // (4 * _THREADS)))
        some = [names[first : first + many] for first in range(0, len(names), many)]
        with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
            found = pool.map(lambda few: [self._stat(name) for name in few], some)
            return list(itertools.chain.from_iterable(found))

    def _stat(self, name):
        """None for a link to nothing, and whatever else is not a file."""
        path = self._path(name)
        if "://" not in path and not os.path.isfile(path):
            return None
        try:
            return tf.io.gfile.stat(path)
        except tf.errors.OpError as error:
            raise ValueError(f"{self.name}: a file cannot be read: {error.message}") from error


def image_names(names):
    """(images, other files) among names, without hidden ones; both sorted.

    Args:
      names: list of str, with / between folders.
    """
    shown = sorted(name for name in names if not any(p.startswith(".") for p in name.split("/")))
    images = [name for name in shown if name.lower().endswith(image_header.SUFFIXES)]
    return images, sorted(set(shown) - set(images))
