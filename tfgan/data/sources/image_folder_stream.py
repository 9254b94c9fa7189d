"""`images:FOLDER|FILE.zip`, one image after another: for folders of any size, read once."""

import functools

import numpy as np

from tfgan.data import fingerprint, order, reading_rules
from tfgan.data.decoding import cache, image_files, survey
from tfgan.data.sources import image_folder
from tfgan.data.spec import DataSpec


class FolderStream:
    """The images of a folder as `Source.examples` of the opened folder gives them.

    Attributes:
      name, spec, count, fingerprint, held_out, decisions: as of `Source`.
      left_out: int, the broken files and links to nothing that are left out.

    Args:
      files: `image_folder.Files`, all that can be decoded.
      rows: int64 `[count]`, which of them are this part's.
      spec: `DataSpec` of the fitted images.
      how: (`preprocessing.ImagePreprocessing`, `image_files.Limits`, white), as of `image_folder.Files.decoded`.
      digest: str, the fingerprint.
      left_out: int.
      held_out: `FolderStream`, or None.
      decisions: dict.
    """

    def __init__(self, files, rows, *, spec, how, digest, left_out, decisions, held_out=None):
        self.name = files.name
        self.spec = spec
        self.count = len(rows)
        self.fingerprint = digest
        self.left_out = left_out
        self.held_out = held_out
        self.decisions = decisions
        self._files, self._rows, self._how = files, rows, how

    def examples(self, *, batch_size=512, start=0):
        """Yields dict batches of NumPy arrays in one fixed random order.

        Args:
          batch_size: int.
          start: int, the examples of the order to pass over first; their files are not read.
        Raises: ValueError for broken files, and images of several sizes.
        """
        rows = self._rows[order.permutation(0, 0, self.count, "examples")][start:]
        files = self._files.picked(rows)
        data = np.empty((batch_size, *self.spec.shape), np.uint8)
        filled = 0
        for number, (file, found) in enumerate(files.decoded(*self._how), 1):
            self._check(file, found)
            data[filled] = found.image
            del found  # a photo is large, and this is its second copy
            filled += 1
            if filled == batch_size or number == len(rows):
                batch = {"data": data[:filled]}
                if files.labels is not None:
                    batch["label"] = files.labels[number - filled : number]
                yield batch
                data = np.empty_like(data)
                filled = 0

    def _check(self, file, found):
        if found.image is None:
            self._files.refuse({file: found.reason} | _broken(self._files, self._how))
        if found.image.shape != self.spec.shape:
            forms = self._files.names[0], self.spec.shape, file, found.image.shape
            raise ValueError(cache.different(self.name, *forms))


def open_stream(
    location, *, fit, skip_broken=False, memory=None, labels=None, rules=reading_rules.TODAY
):
    """The images of a folder or zip file, to be decoded as they are asked for.

    Args:
      location, memory, labels, rules: as of `image_folder.open_folder`.
      fit: `preprocessing.ImagePreprocessing`.
      skip_broken: bool, leave broken files out with a warning; all files are decoded once more at
        the start to find them, because which images are held out depends on the others.
    Returns: `FolderStream`; the held-out part is that of `image_folder.open_folder`.
    Raises: ValueError for a folder without images, images of several sizes, and images whose header
      is broken.
    """
    files = image_folder.list_files(location, skip_broken=skip_broken, labels=labels, rules=rules)
    limits = image_files.Limits.of(memory)
    found = survey.of(files, fit, limits)
    how = fit, limits, found.white
    broken = _broken(files, how) if skip_broken or found.broken else {}
    if not skip_broken:
        files.refuse(broken)
    files.warn_of(broken)
    whole = files.without(broken)
    if not whole.names:
        raise ValueError(f"{files.name} holds no image that can be decoded.")
    spec = DataSpec(found.shape, "images", len(files.class_names) or None, files.class_names)
    is_held_out, decisions = whole.held_out
    decisions = decisions | found.decisions
    digest = fingerprint.with_decisions(files.fingerprint, decisions)
    left_out = len(broken) + len(files.archive.missing)
    part = functools.partial(FolderStream, whole, spec=spec, how=how, left_out=left_out)
    rows, rest = np.flatnonzero(is_held_out), None
    if len(rows):
        rest = part(rows, digest=fingerprint.of_facts({"held out of": digest}), decisions=decisions)
    return part(np.flatnonzero(~is_held_out), digest=digest, held_out=rest, decisions=decisions)


def _broken(files, how):
    """All files that cannot be decoded: dict of name -> why, as a clause."""
    report = cache.Report(f"{files.name}: checked %s of {len(files.names):,} images")
    broken = {}
    for file, found in files.decoded(*how):
        report.step()
        if found.image is None:
            broken[file] = found.reason
    return broken
