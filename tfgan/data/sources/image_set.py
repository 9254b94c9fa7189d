"""The image files of a folder or zip file that are used, before they are decoded."""

import dataclasses
import functools
import logging
import os

import numpy as np
import tensorflow as tf

from tfgan import words
from tfgan.data import file_listing, fingerprint, held_out, reading_rules
from tfgan.data.decoding import image_files, image_header, zip_files
from tfgan.data.labels import classes, folder_layout, label_files

_LOG = logging.getLogger(__name__)

_JPEG = (".jpg", ".jpeg", ".jfif")


@dataclasses.dataclass(frozen=True)
class ImageSet:
    """The image files that are used, sorted by name.

    Attributes:
      archive: `file_listing.Folder` or `zip_files.Zip`, which reads them.
      layout: `folder_layout.Layout`: which of its files are used, their labels and splits.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    """

    archive: file_listing.Folder | zip_files.Zip
    layout: folder_layout.Layout
    rules: int

    @property
    def name(self):
        """ "images:FOLDER"."""
        return self.archive.name

    @functools.cached_property
    def names(self):
        """The names of the files, for `archive.head`."""
        return self._used(self.archive.names)

    @property
    def paths(self):
        """Where the files are."""
        return self._used(self.archive.paths)

    @property
    def cache_key(self):
        """What identifies the files of an earlier run: paths, sizes and times."""
        archive = self.archive
        return [self._used(values) for values in (archive.paths, archive.sizes, archive.times)]

    @functools.cached_property
    def fingerprint(self):
        """Hex SHA-256 of names, sizes, a part of the content, and labels that were decided."""
        sizes = self._used(self.archive.sizes)
        digest = fingerprint.of_files(self.names, self.names, sizes, self.archive.head)
        if not self.layout.decisions or self.layout.labels is None:
            return digest
        labels = [self.layout.class_names, self.layout.labels.tolist()]
        return fingerprint.of_json({"files": digest, "labels": labels})

    @functools.cached_property
    def held_out(self):
        """(bool `[count]`, which files are held out; the `Source.decisions` about the dataset)."""
        layout = self.layout
        if layout.is_held_out is not None:
            return layout.is_held_out, layout.decisions
        hashes = held_out.hashes_of_names(self.names)
        of_all = held_out.tenth(hashes)
        if self.rules == reading_rules.BEFORE or layout.labels is None:
            return of_all, layout.decisions
        of_each_class = held_out.tenth_of_each_class(hashes, layout.labels)
        if np.array_equal(of_each_class, of_all):
            return of_all, layout.decisions
        return of_each_class, layout.decisions | held_out.log_each_class(self.name)

    @property
    def jpeg_share(self):
        """The fraction of the files that are JPEG, by their names: float in 0 .. 1."""
        return float(np.mean([name.lower().endswith(_JPEG) for name in self.names]))

    def select(self, rows):
        """Some of the files, in the order of `rows`."""
        return dataclasses.replace(self, layout=self.layout.select(rows))

    def without(self, names):
        """The files except some."""
        names = set(names)
        return self.select([row for row, name in enumerate(self.names) if name not in names])

    def leave_out(self, broken, skip_broken=True):
        """Logs the files of a dict of name -> why it cannot be decoded, or raises ValueError."""
        count = f"{len(broken):,} of {words.counted(len(self.names), 'file')} cannot be decoded"
        reasons = [f"{name} ({reason})" for name, reason in broken.items()]
        if broken:
            sentence = f"{self.name}: {count}: {words.some(reasons)}"
            _leave_out(self.archive, sentence, len(broken), skip_broken)

    def headers(self, preprocess, limits):
        """Yields (name, `image_files.Result` without an image); ValueError for unreadable files."""
        return self._named(image_files.headers, preprocess, limits)

    def decoded(self, preprocess, limits, white):
        """Yields (name, `image_files.Result`) of each file; white: see `pixels.decode`."""
        return self._named(image_files.decoded, preprocess, limits, white)

    def largest(self, preprocess, limits):
        """Yields the largest number of each file of 16 bits, 0 if it is broken."""
        return (number for _, number in self._named(image_files.largest, preprocess, limits))

    def _used(self, values):
        return [values[row] for row in self.layout.rows]

    def _named(self, function, *arguments):
        """Pairs of the name of each file and a result; an error names its file."""
        sizes = self._used(self.archive.sizes)
        results = function(self.archive.head, self.names, sizes, *arguments)
        for name in self.names:
            try:
                result = next(results)
            except (tf.errors.OpError, OSError) as error:  # no permission, no network
                reason = getattr(error, "message", None) or error.strerror
                raise ValueError(f"{self.name}: {name} cannot be read: {reason}.") from error
            yield name, result


def list_files(location, *, skip_broken=False, labels=None, rules=reading_rules.TODAY):
    """The `ImageSet` of a folder or zip file.

    Args: see `image_folder.open_folder`.
    Raises: ValueError for a folder without images, and files that cannot be read.
    """
    archive = open_archive(location, skip_broken=skip_broken)
    _warn_of_others(archive, labels)
    if rules == reading_rules.TODAY or labels is not None:
        return ImageSet(archive, folder_layout.of(archive, labels), rules)
    layout = folder_layout.as_before(archive.names)
    if layout.labels is not None:
        counted = classes.counted(layout.labels, layout.class_names)
        _LOG.info("%s: %s (by the rules of an earlier release).", archive.name, counted)
    return ImageSet(archive, layout, rules)


def open_archive(location, kind="images", *, skip_broken=False):
    """The files of a folder or zip file: `file_listing.Folder` or `zip_files.Zip`.

    Args:
      kind: str, what the images are for, as in "images:FOLDER".
    Raises: ValueError for a folder without images, and for `archive.missing` unless `skip_broken`.
    """
    is_zip = location.lower().endswith(".zip") and not tf.io.gfile.isdir(location)
    archive = (zip_files.Zip if is_zip else file_listing.Folder)(location, kind)
    if count := len(archive.missing):
        reasons = words.some([f"{name} ({reason})" for name, reason in archive.missing.items()])
        sentence = f"{archive.name}: {words.counted(count, 'file')} cannot be read: {reasons}"
        _leave_out(archive, sentence, count, skip_broken)
    if not archive.names:
        suffixes = " ".join(image_header.SUFFIXES)
        raise ValueError(f"{archive.name}: there are no images ({suffixes}) in it.")
    return archive


def _leave_out(archive, sentence, count, skip_broken):
    if not skip_broken:
        pronoun = "it" if count == 1 else "them"
        choice = " or use --skip_broken" if archive.kind == "images" else ""
        raise ValueError(f"{sentence}; remove {pronoun}{choice}.")
    _LOG.warning("%s; %s left out.", sentence, "it is" if count == 1 else "they are")


def _warn_of_others(archive, labels):
    read = {label_files.DATASET, os.path.basename(labels or "")}
    others = [name for name in archive.others if os.path.basename(name) not in read]
    if others:
        is_one = len(others) == 1
        _LOG.warning(
            "%s: %s not %s left alone: %s.",
            archive.name, words.are(len(others), "file"),
            "an image and is" if is_one else "images and are", words.some(others),
        )  # fmt: skip
