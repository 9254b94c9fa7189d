"""The files in a folder, local or remote: which there are, and how they are read."""

import concurrent.futures
import itertools
import logging
import os

import tensorflow as tf

from tfgan import files, words
from tfgan.data.decoding import image_header

_LOG = logging.getLogger(__name__)

_THREADS = 16  # more than cores, because a remote read is mostly waiting
_TOGETHER = 64  # names that a thread looks up in a call


class Folder:
    """The image files in a folder and its subfolders, sorted by name on every file system.

    Hidden files and folders are ignored. Links are followed, except to a folder that contains the
    link: its images would repeat for ever.

    Attributes:
      name, kind: str, "images:FOLDER" and "images".
      names, paths: lists of str, the images, relative to the folder and where they are.
      sizes, times: lists of int, bytes and nanoseconds; a zip file has checksums instead of times.
      others: list of str, the files that are not images.
      missing: dict of name -> why, as a clause: images that are links to nothing, pipes or devices.

    Args:
      folder: str, anything that `tf.io.gfile` takes.
      kind: str, what the images are for, in `name`.
    Raises: ValueError for a folder that does not exist, and files and folders that cannot be read.
    """

    def __init__(self, folder, kind="images"):
        self.name, self.kind = f"{kind}:{folder}", kind
        if not tf.io.gfile.isdir(folder):
            is_file = tf.io.gfile.exists(folder)
            raise ValueError(
                f"{self.name}: this is a file; give its folder, or a .zip of images."
                if is_file
                else f"{self.name}: there is no such folder."
            )
        self._folder = folder
        images, self.others = image_names(self._all_names())
        stats = dict(zip(images, self._stats(images), strict=True))
        self.missing = {name: stat for name, stat in stats.items() if isinstance(stat, str)}
        self.names = [name for name in images if name not in self.missing]
        self.paths = [self._path(name) for name in self.names]
        self.sizes = [stats[name].length for name in self.names]
        self.times = [stats[name].mtime_nsec for name in self.names]

    def head(self, name, count):
        """The first `count` bytes of an image, all of them for -1."""
        path = self._path(name)
        if "://" not in path:  # in half the time
            with open(path, "rb", buffering=0) as file:
                return file.read(count)
        with tf.io.gfile.GFile(path, "rb") as file:
            return file.read(count)

    def content(self, name):
        """All bytes of a file, an image or another; raises as `files.read_bytes`."""
        return files.read_bytes(self._path(name), f"{self.name}: {name}")

    def size(self, name):
        """The bytes of a file; raises as `content`."""
        path = self._path(name)
        with files.open_binary(path, f"{self.name}: {name}"):
            return tf.io.gfile.stat(path).length

    def _path(self, name):
        return os.path.join(self._folder, name)

    def _all_names(self):
        names = []
        walk = tf.io.gfile.walk if "://" in self._folder else self._walk
        for root, _, file_names in walk(self._folder):
            inside = root[len(self._folder) :].strip("/")
            names += [os.path.join(inside, name) for name in file_names]
        return names

    def _walk(self, folder):
        """`os.walk` that follows links, each folder once on its own way down."""
        ways = {folder: (os.path.realpath(folder),)}
        loops = []
        for root, folders, file_names in os.walk(folder, onerror=self._refuse, followlinks=True):
            way = ways.pop(root)
            real = {name: os.path.realpath(os.path.join(root, name)) for name in folders}
            folders[:] = [name for name in folders if real[name] not in way]
            ways |= {os.path.join(root, name): (*way, real[name]) for name in folders}
            inside = os.path.relpath(root, folder)
            loops += [os.path.join(inside, name) for name in real if real[name] in way]
            yield root, folders, file_names
        if loops:
            links = words.are(len(loops), "link to a folder above", "links to folders above")
            names = words.some(sorted(map(os.path.normpath, loops)))
            _LOG.warning("%s: %s not followed: %s.", self.name, links, names)

    def _refuse(self, error):
        raise ValueError(f"{self.name}: {error.filename} cannot be read: {error.strerror}.")

    def _stats(self, names):
        together = max(1, min(_TOGETHER, len(names) // (4 * _THREADS)))
        groups = [names[i : i + together] for i in range(0, len(names), together)]
        with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
            stats = pool.map(lambda group: list(map(self._stat, group)), groups)
            return list(itertools.chain.from_iterable(stats))

    def _stat(self, name):
        """What `tf.io.gfile.stat` gives; for what is not a file the reason, a clause."""
        path = self._path(name)
        if "://" not in path and not os.path.isfile(path):
            is_there = os.path.exists(path)
            return "it is not a regular file" if is_there else "it is a link to nothing"
        try:
            return tf.io.gfile.stat(path)
        except tf.errors.OpError as error:
            raise ValueError(f"{self.name}: a file cannot be read: {error.message}") from error


def image_names(names):
    """(images, other files) among names, without hidden ones; both sorted.

    >>> image_names(["b.png", "a.txt", ".git/c.png", "a/d.JPG"])
    (['a/d.JPG', 'b.png'], ['a.txt'])

    Args:
      names: list of str, with / between folders.
    """
    visible = sorted(
        name for name in names if not any(part.startswith(".") for part in name.split("/"))
    )
    images = [name for name in visible if name.lower().endswith(image_header.SUFFIXES)]
    return images, sorted(set(visible) - set(images))
