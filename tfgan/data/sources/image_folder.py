"""`images:FOLDER|FILE.zip`: image files in a folder, local or remote, or in a zip file."""

import dataclasses
import functools
import logging
import os

import numpy as np
import tensorflow as tf

from tfgan import words
from tfgan.data import file_listing, fingerprint, held_out, reading_rules
from tfgan.data.decoding import cache as store
from tfgan.data.decoding import image_files, image_header, pixels, survey, zip_files
from tfgan.data.labels import folder_layout
from tfgan.data.sources.array_source import ArraySource

_LOG = logging.getLogger(__name__)

_JPEG = (".jpg", ".jpeg", ".jfif")


def open_folder(
    location,
    *,
    fit,
    skip_broken=False,
    cache_dir=None,
    memory=None,
    labels=None,
    rules=reading_rules.TODAY,
):
    """All images of a folder or zip file, decoded at once.

    What the folders mean is decided by `layout`. Hidden files and folders are left alone. The
    fingerprint covers the names and sizes of all images, a part of their content
    (`fingerprint.of_files`) and what was decided, not the decoded pixels, because resizing may
    differ in the last bit between two machines.

    Args:
      location: str, a folder or a file .zip; anything that `tf.io.gfile` takes.
      fit: `preprocessing.ImagePreprocessing`.
      skip_broken: bool, leave broken files out with a warning instead of failing.
      cache_dir: str, where decoded images go that are not kept in memory; None for the default.
      memory: int, bytes that the images may take; None as of `cache.most` and `image_files.Limits`.
      labels: where labels come from, as of `folder_layout.of`.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    Returns: `ArraySource`; held out is the set's own split, or else one file in ten of each class,
      by the hash of its name in the folder.
    Raises: ValueError for a folder without images, broken files, or images of several sizes.
    """
    files = list_files(location, skip_broken=skip_broken, labels=labels, rules=rules)
    facts = [files.paths, files.sizes, files.times, dataclasses.astuple(fit), skip_broken]
    cache = store.Cache(cache_dir, {"images": facts, "pixels": pixels.VERSION})
    images = cache.find() or _decode(files, fit, skip_broken, cache, memory)
    files.warn_of(images.left_out)
    left, digest = files.without(images.left_out), files.fingerprint
    whole = ArraySource(files.name, images.data, left.labels, left.class_names or None, digest)
    whole.jpeg_share = left.jpeg_share
    is_held_out, decisions = left.held_out
    return held_out.parts(whole, is_held_out, decisions | images.decisions)


@dataclasses.dataclass(frozen=True)
class Files:
    """The image files of a folder or zip file that are used, sorted by name.

    Attributes:
      archive: `file_listing.Folder` or `zip_files.Zip`, which reads them.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
      names, paths: lists of str, for `archive.head`, and where they are.
      sizes, times: lists of int, see `file_listing.Folder`.
      labels: int32 `[count]`, the class of each; None without labels.
      is_held_out: bool `[count]`, which are the set's own held-out split; None without one.
      class_names: tuple of str.
      decisions: dict, see `folder_layout.Layout`.
    """

    archive: file_listing.Folder | zip_files.Zip
    rules: int
    names: list
    paths: list
    sizes: list
    times: list
    labels: np.ndarray | None
    is_held_out: np.ndarray | None
    class_names: tuple
    decisions: dict

    @property
    def name(self):
        """ "images:FOLDER"."""
        return self.archive.name

    @functools.cached_property
    def fingerprint(self):
        """Hex SHA-256 of names, sizes, a part of the content, and labels that were decided."""
        digest = fingerprint.of_files(self.names, self.names, self.sizes, self.archive.head)
        if not self.decisions or self.labels is None:
            return digest
        labels = [self.class_names, self.labels.tolist()]
        return fingerprint.of_facts({"files": digest, "labels": labels})

    @functools.cached_property
    def held_out(self):
        """(bool `[count]`, which files are held out; all that was decided about the set)."""
        if self.is_held_out is not None:
            return self.is_held_out, self.decisions
        hashes = held_out.hashes_of_names(self.names)
        if self.rules == reading_rules.BEFORE or self.labels is None:
            return held_out.chosen(hashes), self.decisions
        of_each = held_out.chosen_of_each(hashes, self.labels)
        if np.array_equal(of_each, held_out.chosen(hashes)):
            return of_each, self.decisions
        return of_each, self.decisions | held_out.say_each(self.name)

    @property
    def jpeg_share(self):
        """How many of the files are JPEG, by their names: float in 0 .. 1."""
        return float(np.mean([name.lower().endswith(_JPEG) for name in self.names]))

    def picked(self, rows):
        """Some of the files, in the order of `rows`."""
        lists = {
            field: [getattr(self, field)[row] for row in rows]
            for field in ("names", "paths", "sizes", "times")
        }
        arrays = {
            field: getattr(self, field)[rows]
            for field in ("labels", "is_held_out")
            if getattr(self, field) is not None
        }
        return dataclasses.replace(self, **lists, **arrays)

    def without(self, names):
        """The files but for some."""
        names = set(names)
        return self.picked([row for row, name in enumerate(self.names) if name not in names])

    def warn_of(self, broken):
        """Logs which files are left out, if any, see `refuse`."""
        if broken:
            _LOG.warning(
                "%s, and %s left out.", self._sentence(broken), "is" if len(broken) == 1 else "are"
            )

    def refuse(self, broken):
        """Raises the ValueError that names broken files, if there are any.

        Args:
          broken: dict of name -> why it cannot be decoded, as a clause.
        """
        if broken:
            what = "it" if len(broken) == 1 else "them"
            raise ValueError(f"{self._sentence(broken)}; remove {what} or use --skip_broken.")

    def _sentence(self, broken):
        count = f"{len(broken):,} of {words.counted(len(self.names), 'file')} cannot be decoded"
        reasons = [f"{name} ({reason})" for name, reason in broken.items()]
        return f"{self.name}: {count}: {words.some(reasons)}"

    def headers(self, fit, limits):
        """Yields (name, `image_files.Found` without an image) of each file.

        Args:
          fit: `preprocessing.ImagePreprocessing`.
          limits: `image_files.Limits`.
        Raises: ValueError for a file that cannot be read.
        """
        return self._named(image_files.headers(*self._files, fit, limits))

    def decoded(self, fit, limits, white):
        """Yields (name, `image_files.Found`) of each file; white as of `pixels.decode`."""
        return self._named(image_files.decoded(*self._files, fit, limits, white))

    def largest(self, fit, limits):
        """Yields the largest number of each file of 16 bits, 0 if it is broken."""
        found = self._named(image_files.largest(*self._files, fit, limits))
        return (number for _, number in found)

    @property
    def _files(self):
        return self.archive.head, self.names, self.sizes

    def _named(self, results):
        """Pairs of the name of each file and a result; a failure gets the name of its file."""
        for file in self.names:
            try:
                result = next(results)
            except (tf.errors.OpError, OSError) as error:  # no permission, no network
                reason = getattr(error, "message", None) or error.strerror
                raise ValueError(f"{self.name}: {file} cannot be read: {reason}.") from error
            yield file, result


def list_files(location, *, skip_broken=False, labels=None, rules=reading_rules.TODAY):
    """The image files of a folder or zip file: `Files`.

    Args: as of `open_folder`.
    Raises: ValueError for a folder without images, and files that cannot be read.
    """
    is_zip = location.lower().endswith(".zip") and not tf.io.gfile.isdir(location)
    archive = zip_files.Zip(location) if is_zip else file_listing.Folder(location)
    _check_links(archive, skip_broken)
    if not archive.names:
        raise ValueError(
            f"{archive.name}: there are no images ({' '.join(image_header.SUFFIXES)}) in it."
        )
    _warn_of_others(archive, labels)
    is_before = rules == reading_rules.BEFORE and labels is None
    found = _as_before(archive) if is_before else folder_layout.of(archive, labels)
    lists = ([getattr(archive, of)[row] for row in found.rows] for of in _OF_EACH)
    return Files(
        archive, rules, *lists, found.labels, found.is_held_out, found.class_names, found.decisions
    )


_OF_EACH = ("names", "paths", "sizes", "times")


def _as_before(archive):
    found = folder_layout.as_before(archive.names)
    if found.labels is not None:
        counted = folder_layout.classes.counted(found.labels, found.class_names)
        _LOG.info(
            "%s: %s (by the rules of an earlier release, for what was made with it).",
            archive.name,
            counted,
        )
    return found


def _decode(files, fit, skip_broken, cache, memory):
    """All images: `cache.Images`."""
    limits = image_files.Limits.of(memory)
    found = survey.of(files, fit, limits)
    images = files.decoded(fit, limits, found.white)
    examples = _examples(files, images, skip_broken)
    most = store.most(memory)
    return store.collect(files.name, examples, len(files.names), cache, most, found.decisions)


def _examples(files, images, skip_broken):
    """Yields what `cache.collect` takes; fails at the end if files are broken."""
    broken = {}
    for file, found in images:
        if found.image is None:
            broken[file] = found.reason
        yield file, found.reason if found.image is None else found.image, None
    if not skip_broken:
        files.refuse(broken)


def _check_links(archive, skip_broken):
    if not archive.missing:
        return
    many = len(archive.missing)
    sentence = (
        f"{archive.name}: {words.counted(many, 'file')} cannot be read, because "
        f"{'it is a link' if many == 1 else 'they are links'} to nothing: "
        f"{words.some(archive.missing)}"
    )
    if not skip_broken:
        raise ValueError(
            f"{sentence}; remove {'it' if many == 1 else 'them'} or use --skip_broken."
        )
    _LOG.warning("%s; %s left out.", sentence, "it is" if many == 1 else "they are")


def _warn_of_others(archive, labels):
    """Says which files are not images; those that hold the labels are not among them."""
    read = {folder_layout.label_files.DATASET, os.path.basename(labels or "")}
    others = [name for name in archive.others if os.path.basename(name) not in read]
    if others:
        one = len(others) == 1
        _LOG.warning(
            "%s: %s not %s and %s left alone: %s.",
            archive.name,
            words.are(len(others), "file"),
            "an image" if one else "images",
            "is" if one else "are",
            words.some(others),
        )
