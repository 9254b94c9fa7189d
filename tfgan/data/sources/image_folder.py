"""`images:FOLDER|FILE.zip`: image files in a folder, local or remote, or in a zip file."""

import dataclasses

from tfgan.data import held_out, reading_rules
from tfgan.data.decoding import cache as caching
from tfgan.data.decoding import image_files, pixels, survey
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.image_set import list_files


def open_folder(
    location, preprocess, *, skip_broken=False, cache_dir=None, memory=None, labels=None,
    rules=reading_rules.TODAY,
):  # fmt: skip
    """All images of a folder or zip file, decoded at once.

    The fingerprint covers names, sizes and a part of the files (`fingerprint.of_files`), and the
    decisions; not the decoded pixels, because resizing may differ in the last bit.

    Args:
      location: str, a folder or a file .zip; anything that `tf.io.gfile` takes.
      preprocess: `preprocessing.ImagePreprocessing`.
      skip_broken: bool, leave broken files out with a warning instead of failing.
      cache_dir: str, where decoded images go that are not kept in memory; None for the default.
      memory: int, bytes that the images may take; None for the defaults.
      labels: where labels come from, see `folder_layout.of`.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    Returns: `ArraySource`; held out is the set's own split, or else one file in ten of each class,
      by the hash of its name in the folder.
    Raises: ValueError for a folder without images, broken files, or images of several sizes.
    """
    files = list_files(location, skip_broken=skip_broken, labels=labels, rules=rules)
    images = decoded(files, preprocess, skip_broken, cache_dir, memory)
    files.leave_out(images.left_out)
    used, digest = files.without(images.left_out), files.fingerprint
    layout = used.layout
    whole = ArraySource(files.name, images.data, layout.labels, layout.class_names or None, digest)
    whole.jpeg_share = used.jpeg_share
    is_held_out, decisions = used.held_out
    return held_out.without_held_out(whole, is_held_out, decisions | images.decisions)


def decoded(files, preprocess, skip_broken=False, cache_dir=None, memory=None):
    """The pixels of an `ImageSet`: `cache.Images`; args and errors as of `open_folder`."""
    key = [*files.cache_key, dataclasses.astuple(preprocess), skip_broken]
    cache = caching.Cache(cache_dir, {"images": key, "pixels": pixels.VERSION})
    return cache.find() or _decode(files, preprocess, skip_broken, cache, memory)


def _decode(files, preprocess, skip_broken, cache, memory):
    limits = image_files.Limits.of(memory)
    headers = survey.of(files, preprocess, limits)
    images = _images(files, files.decoded(preprocess, limits, headers.white), skip_broken)
    limit = caching.memory_limit(memory)
    count, decisions = len(files.names), headers.decisions
    return caching.collect(files.name, images, count, cache, limit, decisions)


def _images(files, results, skip_broken):
    broken = {}
    for name, result in results:
        if result.image is None:
            broken[name] = result.reason
        yield name, result.reason if result.image is None else result.image, None
    if not skip_broken:
        files.leave_out(broken, skip_broken=False)
