"""`stacked:SOURCE` and `toy:stacked_mnist`: three gray images as the colors of one.

From ten classes of digits come 1,000 equally likely modes, which a generator may lose without a
trace in its samples. The name is that of stacked MNIST in the literature, Metz et al. 2017,
https://arxiv.org/abs/1611.02163, section 3.3.
"""

import dataclasses

import numpy as np

from tfgan import modalities
from tfgan.data import example_order, fingerprint
from tfgan.data.sources.random_access import RandomAccessSource

COUNT, HELD_OUT = 128_000, 26_000  # as in Srivastava et al. 2017, https://arxiv.org/abs/1705.07761
EXTRACTORS = {"digits": "stacked_digits"}  # by that of the gray images
_SEED = 2017  # one fixed draw, so that every run uses the same examples


class Stacked(RandomAccessSource):
    """Images whose red, green and blue are gray images of a set, drawn with replacement.

    There are no labels. Held-out examples are made of held-out images.

    Args:
      images: `RandomAccessSource` of gray images.
      name: str, as of `Source`; by default "stacked:" and the images' name.
      count, held_out: int, how many are drawn.
    Raises: ValueError for data other than gray images, and for a source that has no numbered order.
    """

    def __init__(self, images, name=None, *, count=COUNT, held_out=HELD_OUT):
        name = name or f"stacked:{images.name}"
        _check(name, images)
        spec = dataclasses.replace(
            images.spec, shape=(*images.spec.shape[:2], 3), classes=None, class_names=()
        )
        super().__init__(name, spec, count, lambda: self._of_rest(held_out))
        self.facts = dataclasses.replace(
            images.facts,
            extractor=EXTRACTORS.get(images.facts.extractor, ""),
            has_equal_classes=True,
        )
        self.decisions, self.jpeg_share = images.decisions, images.jpeg_share
        self._images = images
        random = example_order.generator(_SEED, f"stacked {images.count}")
        self._rows = random.integers(images.count, size=(count, 3))

    @property
    def fingerprint(self):
        """Hex SHA-256 of the images' fingerprint and the draw."""
        return fingerprint.of_json(
            {"images": self._images.fingerprint, "stacked": fingerprint.of_arrays(rows=self._rows)}
        )

    def _of_rest(self, count):
        rest = self._images.held_out
        return rest and Stacked(rest, f"{self.name} held out", count=count)

    def _take(self, numbers):
        images = self._images._take(self._rows[numbers].reshape(-1))["data"]
        return {"data": np.moveaxis(images[..., 0].reshape(-1, 3, *images.shape[1:3]), 1, -1)}


def _check(name, images):
    spec = images.spec
    if spec.modality != modalities.Images() or spec.conditions:
        raise ValueError(f"{name} must be of gray images; {images.name} holds other data.")
    if spec.shape[-1] != 1:
        raise ValueError(
            f"{name} must be of gray images; {images.name} holds images of {spec.shape[-1]} "
            "channels: give --channels=1."
        )
    if not isinstance(images, RandomAccessSource):
        raise ValueError(
            f"{name} must be of a set with a numbered order, which {images.name} lacks."
        )
