"""`images:FOLDER|FILE.zip`, one image after another: for folders of any size, read once."""

import functools

import numpy as np

from tfgan.data import fingerprint, image_folder, order, rules, store
from tfgan.data.spec import DataSpec


class FolderStream:
    """The images of a folder as `Source.examples` of the opened folder gives them.

    Attributes:
      name, spec, count, fingerprint, held_out, decided: as of `Source`.
      left_out: int, the broken files and links to nothing that are left out.

    Args:
      files: `image_folder.Files`, all that can be decoded.
      rows: int64 `[count]`, which of them are this part's.
      spec: `DataSpec` of the fitted images.
      fit: `decoding.Fit`.
      digest: str, the fingerprint.
      left_out: int.
      held_out: `FolderStream`, or None.
      decided: dict.
    """

    def __init__(self, files, rows, *, spec, fit, digest, left_out, decided, held_out=None):
        self.name = files.name
        self.spec = spec
        self.count = len(rows)
        self.fingerprint = digest
        self.left_out = left_out
        self.held_out = held_out
        self.decided = decided
        self._files, self._rows, self._fit = files, rows, fit

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
        for number, (file, image) in enumerate(files.decoded(self._fit), 1):
            self._check(file, image)
            data[filled] = image
            filled += 1
            if filled == batch_size or number == len(rows):
                batch = {"data": data[:filled]}
                if files.labels is not None:
                    batch["label"] = files.labels[number - filled : number]
                yield batch
                data = np.empty_like(data)
                filled = 0

    def _check(self, file, image):
        if image is None:
            self._files.refuse(_broken(self._files, self._fit))
            raise ValueError(f"{self.name}: {file} was changed while it was read.")
        if image.shape != self.spec.shape:
            first = self._files.names[0]
            raise ValueError(store.different(self.name, first, self.spec.shape, file, image.shape))


def open_stream(location, *, fit, skip_broken=False, labels=None, by=rules.TODAY):
    """The images of a folder or zip file, to be decoded as they are asked for.

    Args:
      location, labels, by: as of `image_folder.open_folder`.
      fit: `decoding.Fit`.
      skip_broken: bool, leave broken files out with a warning; all files are decoded once more at
        the start to find them, because which images are held out depends on the others.
    Returns: `FolderStream`; the held-out part is that of `image_folder.open_folder`.
    Raises: ValueError for a folder without images, and a first image that cannot be decoded.
    """
    files = image_folder.list_files(location, skip_broken=skip_broken, labels=labels, by=by)
    broken = _broken(files, fit) if skip_broken else []
    files.warn_of(broken)
    whole = files.without(broken)
    if not whole.names:
        raise ValueError(f"{files.name} holds no image that can be decoded.")
    [(_, first)] = whole.picked([0]).decoded(fit)
    if first is None:
        files.refuse(_broken(files, fit))
    spec = DataSpec(first.shape, "uint8", len(files.class_names) or None, files.class_names)
    is_held_out, decided = whole.held_out
    digest = fingerprint.with_decisions(files.fingerprint, decided)
    left_out = len(broken) + len(files.archive.missing)
    part = functools.partial(FolderStream, whole, spec=spec, fit=fit, left_out=left_out)
    rows, rest = np.flatnonzero(is_held_out), None
    if len(rows):
        rest = part(rows, digest=fingerprint.of_facts({"held out of": digest}), decided=decided)
    return part(np.flatnonzero(~is_held_out), digest=digest, held_out=rest, decided=decided)


def _broken(files, fit):
    """The names of all files that cannot be decoded."""
    report = store.Report(f"{files.name}: checked %s of {len(files.names):,} images")
    broken = []
    for file, image in files.decoded(fit):
        report.step()
        if image is None:
            broken.append(file)
    return broken
