"""Mask files: the class of each pixel by its number or by its color.

What class numbers are, `mask_files.MaskFile.class_numbers` says; other pixels have the class of the
nearest color. All resizing is to the nearest pixel.
"""

import dataclasses
import functools

import numpy as np

from tfgan.data import prefetch
from tfgan.data.decoding import cache as caching
from tfgan.data.decoding import image_files, mask_files
from tfgan.data.decoding.preprocessing import MaskPreprocessing

_VERSION = 2  # of these decisions; what was decoded by others is decoded anew
_THREADS = 8


@dataclasses.dataclass(frozen=True)
class MaskReader:
    """Reads the masks of an `image_set.ImageSet`.

    Args:
      files: `ImageSet`.
      class_file: `class_files.ClassFile`.
      preprocess: `ImagePreprocessing`, of which the size and the crop are used.
      half: 0 or 1, the half of each file that is the mask; None for all of it.
    """

    files: object
    class_file: object
    preprocess: object
    half: int | None = None

    def read(self, cache_dir, memory):
        """The masks: `cache.Images`, uint8 `[count, height, width, 1]`.

        Raises: ValueError for files that cannot be decoded, numbers without a class, and masks of
          several sizes.
        """
        key = [
            *self.files.cache_key, dataclasses.astuple(self.class_file),
            dataclasses.astuple(self.preprocess), self.half,
        ]  # fmt: skip
        cache = caching.Cache(cache_dir, {"masks": key, "version": _VERSION})
        return cache.find() or self._collect(cache, memory)

    def _collect(self, cache, memory):
        limit = image_files.Limits.of(memory).one
        names = self.files.names

        def masks():
            with prefetch.threads(_THREADS) as pool:
                jobs = ((0, functools.partial(self._mask, name, limit)) for name in names)
                for name, mask in zip(
                    names, prefetch.results(pool, jobs, 0, _THREADS), strict=True
                ):
                    yield name, mask, None

        limit_together = caching.memory_limit(memory)
        return caching.collect(self.files.name, masks(), len(names), cache, limit_together)

    def _mask(self, name, limit):
        """The mask in a file: uint8 `[height, width, 1]`."""
        try:
            file = mask_files.read(self.files.archive.head(name, -1), limit, self.half)
        except ValueError as error:
            raise ValueError(f"{self.files.name}: {name} cannot be decoded: {error}.") from error
        return MaskPreprocessing(self.preprocess)(self._numbers(name, file)).numpy()

    def _numbers(self, name, file):
        masks, class_file = self.class_file.masks, self.class_file
        numbers = file.class_numbers(masks, class_file.has_colors)
        if numbers is not None:
            if numbers.max() >= masks.classes:
                raise ValueError(
                    f"{self.files.name}: {name} must hold the numbers of the {masks.classes} "
                    f"classes of {class_file.name}, from 0; received {int(numbers.max())}."
                )
            return numbers.astype(np.uint8)
        if not class_file.has_colors:
            raise ValueError(
                f"{self.files.name}: {class_file.name} must give a color for each class, because "
                f"{name} holds colors."
            )
        if class_file.alike:
            raise ValueError(
                f"{self.files.name}: {class_file.name} must give each class a color of its own, "
                f"because {name} holds colors; received {class_file.alike}."
            )
        try:
            return mask_files.of_picture(masks, file.colors())
        except ValueError as error:
            raise ValueError(
                f"{self.files.name}: {name} cannot be read, because {error}."
            ) from error


def holds_numbers(files):
    """Whether the first file of an `ImageSet` is a PNG file of a palette or of gray pixels."""
    content = files.archive.head(files.names[0], -1)
    try:
        file = mask_files.read(content)
    except ValueError:
        return False
    return file.kind == "PNG" and file.numbers() is not None
