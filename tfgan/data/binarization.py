"""Gray images as a fixed set of binary images, drawn once.

A pixel of gray v in 0..255 is white with probability v / 255. Models of binary pixels draw them
again whenever they read an image, see `models.binary_pixels`.

Source: Salakhutdinov & Murray 2008, https://dl.acm.org/doi/10.1145/1390156.1390266, section 4.
"""

import numpy as np

from tfgan import modalities
from tfgan.data import example_order, fingerprint
from tfgan.data.sources.random_access import RandomAccessSource


def static(source, seed):
    """A source of the same images in black and white, drawn once; the held-out ones too.

    Example i is a function of (seed, i) alone, whatever the order, the batch or the worker.

    Returns: `RandomAccessSource` of uint8 images that hold 0 and 255 only.
    Raises: ValueError for anything but a `RandomAccessSource` of images.
    """
    modality = source.spec.modality
    if modality != modalities.Images():
        raise ValueError(f"static binarization is for images; {source.name} holds {modality.kind}.")
    if not isinstance(source, RandomAccessSource):
        raise ValueError(
            f"static binarization needs random access; {source.name} is read in sequence. `tfgan "
            "prepare` makes a dataset of it that has random access."
        )
    return _Static(source, seed, "binary")


class _Static(RandomAccessSource):
    """Images of another source, each binarized with random numbers of its own."""

    def __init__(self, source, seed, purpose):
        super().__init__(source.name, source.spec, source.count, self._binarize_held_out)
        self._source, self._seed, self._purpose = source, seed, purpose
        self.decisions, self.facts = source.decisions, source.facts

    @property
    def fingerprint(self):
        """Hex SHA-256 of the gray images' fingerprint and the seed."""
        return fingerprint.of_json({"binarised": self._source.fingerprint, "seed": self._seed})

    def _binarize_held_out(self):
        held_out = self._source.held_out
        return held_out and _Static(held_out, self._seed, f"{self._purpose}, held out")

    def _take(self, numbers):
        batch = self._source._take(numbers)
        return batch | {"data": np.stack(list(map(self._draw, numbers, batch["data"])))}

    def _draw(self, number, image):
        """0 or 255: a byte u in 0..254 is below v with probability v / 255."""
        random = example_order.generator(self._seed, self._purpose, number)
        white = random.integers(255, size=image.shape, dtype=np.uint8) < image
        return np.where(white, np.uint8(255), np.uint8(0))
