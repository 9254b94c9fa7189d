"""`images:FOLDER`: image files in a folder, local or remote, with sub-folders as labels."""

import concurrent.futures
import dataclasses
import functools
import logging
import os

import tensorflow as tf

from tfgan.data import decoding, fingerprint, held_out, image_files, store

_LOG = logging.getLogger(__name__)

_THREADS = 16  # more than cores, because a remote read is mostly waiting
_NAMED = 3  # files that a message names


def open_folder(folder, *, fit, skip_broken=False, cache_dir=None):
    """All images below a folder, decoded at once.

    Two or more immediate sub-folders that hold every image are the classes, sorted by name. Hidden
    files and folders are left alone. The fingerprint covers the names and sizes of all image files
    and a part of their content (`fingerprint.of_files`), not the decoded pixels, because resizing
    may differ in the last bit between two machines.

    Args:
      folder: str, anything that `tf.io.gfile` takes.
      fit: `decoding.Fit`.
      skip_broken: bool, leave broken files out with a warning instead of failing.
      cache_dir: str, where decoded images above `store.MEMORY_LIMIT` go; None for the default.
    Returns: `ArraySource`; one file in ten is held out, by the hash of its name in the folder.
    Raises: ValueError for a folder without images, broken files, or images of several sizes.
    """
    files = list_folder(folder)
    facts = [files.paths, files.sizes, files.times, fit.size, fit.crop, fit.channels, skip_broken]
    cache = store.Cache(cache_dir, {"images": facts})
    images = cache.find()
    if images is None:
        images = store.collect(
            files.name, _examples(files, fit, skip_broken), len(files.names), cache
        )
    files.warn_of(images.left_out)
    whole = files.name, images.data, images.label, files.class_names, files.fingerprint
    hashes = held_out.hashes_of_names(files.without(images.left_out).names)
    return held_out.split(*whole, hashes=hashes)


@dataclasses.dataclass(frozen=True)
class Files:
    """The image files below a folder, sorted by name.

    Attributes:
      name: str, "images:FOLDER".
      names, paths: lists of str, relative to the folder and to be opened.
      sizes, times: lists of int, bytes and nanoseconds.
      labels: list of int, the class of each; None if the folder is not sorted into classes.
      class_names: list of str, or None.
      fingerprint: hex SHA-256 of names, sizes and a part of the content.
    """

    name: str
    names: list
    paths: list
    sizes: list
    times: list
    labels: list | None
    class_names: list | None

    @functools.cached_property
    def fingerprint(self):
        """As above; broken files are part of it."""
        return fingerprint.of_files(self.names, self.paths, self.sizes)

    def picked(self, rows):
        """Some of the files, in the order of `rows`."""
        lists = ("names", "paths", "sizes", "times", *(["labels"] if self.labels else []))
        return dataclasses.replace(
            self, **{field: [getattr(self, field)[row] for row in rows] for field in lists}
        )

    def without(self, names):
        """The files but for some."""
        names = set(names)
        return self.picked([row for row, name in enumerate(self.names) if name not in names])

    def warn_of(self, broken):
        """Logs which files are left out, if any."""
        if broken:
            _LOG.warning("%s, and are left out.", self._sentence(broken))

    def refuse(self, broken):
        """Raises the ValueError that names broken files, if there are any."""
        if broken:
            raise ValueError(f"{self._sentence(broken)}; remove them or use --skip_broken.")

    def _sentence(self, broken):
        count = f"{len(broken):,} of {len(self.names):,} files cannot be decoded"
        return f"{self.name}: {count}: {_some(broken)}"

    def decoded(self, fit):
        """Yields (name, uint8 `[height, width, channels]` or None if it is broken) of each file.

        Raises: ValueError for a file that cannot be read.
        """
        images = image_files.decoded(self.paths, fit)
        for file in self.names:
            try:
                image = next(images)
            except tf.errors.OpError as error:  # no permission, no network: not the image's fault
                raise ValueError(f"{self.name}: {file} cannot be read: {error.message}") from error
            yield file, image


def list_folder(folder):
    """The image files below a folder: `Files`.

    Raises: ValueError for a folder without images, and files that cannot be read.
    """
    name = f"images:{folder}"
    names = _image_names(folder)
    paths = [_join(folder, file) for file in names]
    return Files(name, names, paths, *_sizes_and_times(name, paths), *_labels(names))


def _examples(files, fit, skip_broken):
    """Yields what `store.collect` takes; fails at the end if files are broken."""
    broken = []
    for index, (file, image) in enumerate(files.decoded(fit)):
        if image is None:
            broken.append(file)
        yield file, image, files.labels and files.labels[index]
    if not skip_broken:
        files.refuse(broken)


def _image_names(folder):
    """The image files below a folder, relative and sorted, so that the file system has no say."""
    if not tf.io.gfile.isdir(folder):
        raise ValueError(f"images:{folder}: there is no such folder.")
    names = []
    for root, _, files in tf.io.gfile.walk(folder):
        below = root[len(folder) :].strip("/")
        names += [f"{below}/{file}" if below else file for file in files]
    names = [name for name in names if not any(p.startswith(".") for p in name.split("/"))]
    found = sorted(name for name in names if name.lower().endswith(decoding.SUFFIXES))
    if not found:
        raise ValueError(
            f"images:{folder}: there are no images ({' '.join(decoding.SUFFIXES)}) in it."
        )
    if len(found) < len(names):
        others = sorted(set(names) - set(found))
        _LOG.warning(
            "images:%s: %s files are not images and are left alone: %s.",
            folder,
            f"{len(others):,}",
            _some(others),
        )
    return found


def _labels(names):
    """(class of each file, class names); (None, None) if the folder is not sorted into classes."""
    folders = [name.split("/")[0] if "/" in name else None for name in names]
    if None in folders or len(set(folders)) < 2:
        return None, None
    class_names = sorted(set(folders))
    number = {name: index for index, name in enumerate(class_names)}
    return [number[folder] for folder in folders], class_names


def _sizes_and_times(name, paths):
    try:
        with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
            stats = list(pool.map(tf.io.gfile.stat, paths))
    except tf.errors.OpError as error:  # a link to nothing, for instance
        raise ValueError(f"{name}: a file cannot be read: {error.message}") from error
    return [stat.length for stat in stats], [stat.mtime_nsec for stat in stats]


def _some(names):
    return ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")


def _join(folder, name):
    return f"{folder.rstrip('/')}/{name}" if "://" in folder else os.path.join(folder, name)
