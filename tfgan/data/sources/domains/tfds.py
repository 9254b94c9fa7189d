"""`pairs:tfds:NAME[@SPLIT]`: sets of TensorFlow Datasets of images and their segmentation masks.

The mask is the `source`, the image the `data`. Where the set does not name the classes of its
masks, they are the values that occur in its training masks, such as 1, 2 and 3 in oxford_iiit_pet.
"""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan import modalities
from tfgan.data import fingerprint, held_out
from tfgan.data.decoding import cache as caching
from tfgan.data.decoding import preprocessing
from tfgan.data.sources import tfds
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.pairs import Paired, without_held_out

_NAMES = ("segmentation_mask", "segmentation_label", "mask")


def open_dataset(location, preprocess, *, data_dir=None, cache_dir=None, memory=None):
    """The pairs of a mask and an image of a split, decoded at once.

    The image is the feature `image`; the mask is `segmentation_mask`, `segmentation_label` or
    `mask`, or the only other image, a gray one. Labels are those of `tfds.open_dataset`.

    Args: as of `tfds.open_dataset`.
    Returns: `Paired`; held out is the split test or validation, or else one pair in ten, by the
      hash of its number.
    Raises: ValueError for a set without images and masks, and as `tfds.open_dataset`.
    """
    dataset, _, split = location.partition("@")
    name = f"pairs:tfds:{location}"
    builder = tfds.prepared_builder(name, dataset, data_dir)
    reader = _Reader(name, builder, preprocess, cache_dir, memory)
    stored = reader.masks(split or "train")
    values = reader.values(stored)
    masks = modalities.Masks(reader.class_names or tuple(map(str, values)))
    has_values_of_its_own = not np.array_equal(values, np.arange(len(values)))
    decisions = {"mask_values": values.tolist()} if has_values_of_its_own else {}
    candidates = ("test", "validation") if split in ("", "train") else ()
    test = next((each for each in candidates if each in builder.info.splits), None)

    def domains(split, stored):
        image, labels, class_names, digest = reader.images(split)
        data = reader.numbers(stored, values)
        digest = fingerprint.with_decisions(digest, decisions)
        target = ArraySource(name, image, labels, class_names, digest)
        return target, ArraySource(name, data, modality=masks)

    training = domains(split or "train", stored)
    if test:
        source = Paired(name, *training, Paired(name, *domains(test, reader.masks(test))))
    else:
        hashes = held_out.hashes_of_names(map(str, range(len(stored))))
        source = without_held_out(name, *training, held_out.tenth(hashes))
    source.decisions = decisions
    return source


@dataclasses.dataclass(frozen=True)
class _Reader:
    """Reads the images and the masks of a set."""

    name: str
    builder: object
    preprocess: object
    cache_dir: str | None
    memory: int | None

    def images(self, split):
        """(uint8 images, labels or None, class names or None, fingerprint) of a split."""
        place, options = self.name.removeprefix("pairs:tfds:"), (self.cache_dir, self.memory)
        images, class_names, digest = tfds.read_split(
            self.builder, place, split, self.preprocess, *options
        )
        return images.data, images.label, class_names, digest

    def masks(self, split):
        """The masks of a split as stored, to the size of the images: uint8 `[n, h, w, 1]`."""
        mask = self._feature
        key = [self.builder.info.full_name, split, mask, dataclasses.astuple(self.preprocess)]
        cache = caching.Cache(self.cache_dir, {"tfds masks": key, "at": str(self.builder.data_dir)})
        if images := cache.find():
            return images.data
        import tensorflow_datasets

        # Only the masks are decoded.
        skip = {"image": tensorflow_datasets.decode.SkipDecoding()}
        examples = tfds.dataset_of(self.name, self.builder, split, decoders=skip)
        preprocess = preprocessing.MaskPreprocessing(self.preprocess)
        resized = examples.map(
            lambda example: preprocess(tf.cast(example[mask], tf.uint8)),
            num_parallel_calls=tf.data.AUTOTUNE,
            deterministic=True,
        )
        numbered = (
            (f"mask {number}", each, None)
            for number, each in enumerate(resized.as_numpy_iterator())
        )
        count, limit = int(resized.cardinality()), caching.memory_limit(self.memory)
        return caching.collect(self.name, numbered, count, cache, limit).data

    @property
    def class_names(self):
        """The names that the set gives to the classes of its masks, or ()."""
        import tensorflow_datasets

        mask = self.builder.info.features[self._feature]
        if not isinstance(mask, tensorflow_datasets.features.LabeledImage):
            return ()
        return tuple(mask.names or map(str, range(mask.num_classes or 0)))

    def values(self, stored):
        """The stored value of each class: uint8 `[classes]`."""
        if self.class_names:
            return np.arange(len(self.class_names), dtype=np.uint8)
        return np.flatnonzero(sum(np.bincount(mask.reshape(-1), minlength=256) for mask in stored))

    def numbers(self, stored, values):
        """Stored masks as class numbers, which may be `stored` itself."""
        occurring = self.values(stored) if not self.class_names else np.unique(stored)
        if unknown := sorted({*occurring.tolist()} - {*values.tolist()}):
            raise ValueError(
                f"The masks of {self.name} must hold the values {', '.join(map(str, values))} of "
                f"the training masks; received {unknown[0]}."
            )
        if np.array_equal(values, np.arange(len(values))):
            return stored
        table = np.zeros(256, np.uint8)
        table[values] = np.arange(len(values))
        return table[stored]

    @property
    def _feature(self):
        """The name of the feature that is the mask."""
        import tensorflow_datasets

        features = dict(self.builder.info.features.items())
        images = [
            key
            for key, feature in features.items()
            if isinstance(feature, tensorflow_datasets.features.Image)
        ]
        gray = [key for key in images if features[key].shape[-1] == 1 and key != "image"]
        named = [key for key in _NAMES if key in gray][:1] or gray
        if "image" not in images or len(named) != 1:
            raise ValueError(
                f"{self.name} must have the features image and segmentation_mask; received "
                f"{', '.join(sorted(features))}."
            )
        return named[0]
