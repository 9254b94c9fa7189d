"""`edges:SOURCE`, `canny:`, `gray:`, `mask:` and `small:SOURCE`: pairs whose source is computed."""

import dataclasses

import tensorflow as tf

from tfgan import modalities
from tfgan.data import fingerprint, source_transforms
from tfgan.data.sources.pairs import NAME
from tfgan.data.sources.source import Source


class Computed(Source):
    """The images of a set, each with a source that a transform computes from it.

    Order, labels, facts, decisions and held-out images are those of the set.

    Args:
      name: str, of `source_transforms.TRANSFORMS`.
      images: `Source` of images, or a `FolderStream`, whose `batches` cannot be read.
    Raises: ValueError for data other than images, those that are pairs already, and images for
      which the transform is not made.
    """

    def __init__(self, name, images):
        self._transform = source_transforms.TRANSFORMS[name]
        self._transform_name, self._images = name, images
        full_name = f"{name}:{images.name}"
        super().__init__(full_name, self._spec(full_name), images.count, self._open_rest)
        self.decisions, self.left_out = images.decisions, images.left_out
        if isinstance(images, Source):
            self.jpeg_share, self.facts = images.jpeg_share, images.facts

    def _spec(self, name):
        spec = self._images.spec
        if spec.conditions:
            raise ValueError(f"{name} must be of images alone; {self._images.name} has sources.")
        if spec.modality != modalities.Images():
            raise ValueError(
                f"{name} must be of images; {self._images.name} holds {spec.modality.kind}."
            )
        return dataclasses.replace(spec, conditions={NAME: self._transform.spec(name, spec)})

    @property
    def fingerprint(self):
        """Hex SHA-256 of the images' fingerprint, the transform and its arguments."""
        transform = {self._transform_name: dataclasses.asdict(self._transform)}
        return fingerprint.of_json({"images": self._images.fingerprint, "transform": transform})

    def _open_rest(self):
        held_out = self._images.held_out
        return held_out and Computed(self._transform_name, held_out)

    def _batches(self, part, seed, start):
        batches = self._images._batches(part, seed, start)
        return batches.map(
            lambda batch: batch | {NAME: self._transform(batch["data"])},
            num_parallel_calls=tf.data.AUTOTUNE,
            deterministic=True,
        )

    def _examples(self, batch_size, start):
        for batch in self._images.examples(batch_size=batch_size, start=start):
            yield batch | {NAME: self._transform(tf.constant(batch["data"])).numpy()}
