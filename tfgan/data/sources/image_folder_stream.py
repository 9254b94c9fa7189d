"""`images:FOLDER|FILE.zip`, one image after another: for folders of any size, read once."""

import dataclasses
import functools
from collections.abc import Callable

import numpy as np

from tfgan.data import example_order, fingerprint, reading_rules
from tfgan.data.decoding import cache, image_files, survey
from tfgan.data.sources.image_set import ImageSet, list_files
from tfgan.data.spec import DataSpec


@dataclasses.dataclass(frozen=True)
class FolderStream:
    """The images of a folder as `Source.examples` of the opened folder gives them.

    Attributes:
      files: `ImageSet`, all that can be decoded.
      decode: function, `ImageSet` -> iterator of (name, `image_files.Result`) of each file.
      spec: `DataSpec` of the preprocessed images.
      left_out: int, the broken files and dangling links that are left out.
      decisions: dict, see `Source`.
      rows: int64 `[count]`, which of the files are this part's.
      fingerprint: str.
      held_out: `FolderStream`, or None.
    """

    files: ImageSet
    decode: Callable
    spec: DataSpec
    left_out: int
    decisions: dict
    rows: np.ndarray
    fingerprint: str
    held_out: "FolderStream | None" = None

    @property
    def name(self):
        """ "images:FOLDER"."""
        return self.files.name

    @property
    def count(self):
        """How many images there are."""
        return len(self.rows)

    def examples(self, *, batch_size=512, start=0):
        """Yields NumPy batches in one fixed random order; the first `start` images are not read.

        Raises: ValueError for broken files, and images of several sizes.
        """
        files = self.files.select(self.rows[example_order.of_examples(self.count)][start:])
        labels = files.layout.labels
        data = np.empty((batch_size, *self.spec.shape), np.uint8)
        filled = 0
        for number, (name, result) in enumerate(self.decode(files), 1):
            self._check(name, result)
            data[filled] = result.image
            del result  # a photo is large, and this is its second copy
            filled += 1
            if filled == batch_size or number == len(files.names):
                batch = {"data": data[:filled]}
                if labels is not None:
                    batch["label"] = labels[number - filled : number]
                yield batch
                data = np.empty_like(data)
                filled = 0

    def _check(self, name, result):
        if result.image is None:
            broken = {name: result.reason} | _broken(self.files, self.decode)
            self.files.leave_out(broken, skip_broken=False)
        if result.image.shape != self.spec.shape:
            forms = self.files.names[0], self.spec.shape, name, result.image.shape
            raise ValueError(cache.different(self.name, *forms))


def open_stream(
    location, preprocess, *, skip_broken=False, memory=None, labels=None, rules=reading_rules.TODAY
):
    """The images of a folder or zip file, decoded as they are read.

    Args:
      location, preprocess, memory, labels, rules: see `image_folder.open_folder`.
      skip_broken: bool, leave broken files out with a warning; all files are decoded once more at
        the start to find them, because which images are held out depends on the others.
    Returns: `FolderStream`; the held-out part is that of `image_folder.open_folder`.
    Raises: ValueError for a folder without images, images of several sizes, and images whose header
      is broken.
    """
    files = list_files(location, skip_broken=skip_broken, labels=labels, rules=rules)
    limits = image_files.Limits.of(memory)
    headers = survey.of(files, preprocess, limits)

    def decode(files):
        return files.decoded(preprocess, limits, headers.white)

    broken = _broken(files, decode) if skip_broken or headers.broken else {}
    files.leave_out(broken, skip_broken)
    whole = files.without(broken)
    if not whole.names:
        raise ValueError(f"{files.name} holds no image that can be decoded.")
    class_names = files.layout.class_names
    spec = DataSpec(headers.shape, "images", len(class_names) or None, class_names)
    is_held_out, decisions = whole.held_out
    decisions = decisions | headers.decisions
    digest = fingerprint.with_decisions(files.fingerprint, decisions)
    left_out = len(broken) + len(files.archive.missing)
    part = functools.partial(FolderStream, whole, decode, spec, left_out, decisions)
    rows, rest = np.flatnonzero(is_held_out), None
    if len(rows):
        rest = part(rows, fingerprint.of_held_out(digest))
    return part(np.flatnonzero(~is_held_out), digest, rest)


def _broken(files, decode):
    progress = cache.ProgressLog(f"{files.name}: checked %s of {len(files.names):,} images")
    broken = {}
    for name, result in decode(files):
        progress.step()
        if result.image is None:
            broken[name] = result.reason
    return broken
