"""`images:FOLDER`: image files in a folder, local or remote, with sub-folders as labels."""

import concurrent.futures
import logging
import os

import tensorflow as tf

from tfgan.data import decoding, fingerprint, held_out, store

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
    name = f"images:{folder}"
    names = _image_names(folder)
    paths = [_join(folder, file) for file in names]
    sizes, times = _sizes_and_times(name, paths)
    labels, class_names = _labels(names)
    facts = [paths, sizes, times, fit.size, fit.crop, fit.channels, skip_broken]
    cache = store.Cache(cache_dir, {"images": facts})
    images = cache.find()
    if images is None:
        examples = _decoded(name, names, paths, labels, fit, skip_broken)
        images = store.collect(name, examples, len(names), cache)
    if images.left_out:
        _LOG.warning("%s, and are left out.", _broken(name, images.left_out, len(names)))
    digest = fingerprint.of_files(names, paths, sizes)
    broken = set(images.left_out)
    hashes = held_out.hashes_of_names(file for file in names if file not in broken)
    return held_out.split(name, images.data, images.label, class_names, digest, hashes=hashes)


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
            "images:%s: %s files are no images and are left alone: %s.",
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


def _decoded(name, names, paths, labels, fit, skip_broken):
    """Yields what `store.collect` takes; fails at the end if files are broken."""
    images = _images(paths, fit)
    broken = []
    for index, file in enumerate(names):
        try:
            image = next(images)
        except tf.errors.InvalidArgumentError:  # the next call goes on with the next file
            image = None
            broken.append(file)
        except tf.errors.OpError as error:  # no permission, no network: not the image's fault
            raise ValueError(f"{name}: {file} cannot be read: {error.message}") from error
        yield file, image, labels and labels[index]
    if broken and not skip_broken:
        raise ValueError(f"{_broken(name, broken, len(names))}; remove them or use --skip_broken.")


def _images(paths, fit):
    options = tf.data.Options()
    options.threading.private_threadpool_size = _THREADS
    return (
        tf.data.Dataset.from_tensor_slices(paths)
        .map(
            lambda path: fit(decoding.decode(tf.io.read_file(path))),
            num_parallel_calls=_THREADS,
            deterministic=True,
        )
        .prefetch(_THREADS)
        .with_options(options)
        .as_numpy_iterator()
    )


def _broken(name, broken, count):
    return f"{name}: {len(broken):,} of {count:,} files cannot be decoded: {_some(broken)}"


def _some(names):
    return ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")


def _join(folder, name):
    return f"{folder.rstrip('/')}/{name}" if "://" in folder else os.path.join(folder, name)
