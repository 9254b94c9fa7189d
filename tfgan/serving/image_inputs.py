"""Inputs that take image files: the sources of translations, and the images that are encoded.

A row of such an input is {"b64": ...}, a PNG or JPEG file of any kind, or nested lists of raw data.
"""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan.data.decoding import image_header, raw_images
from tfgan.export import metadata as metadata_files
from tfgan.export import translation
from tfgan.modalities import Modality
from tfgan.models.translation import SOURCE
from tfgan.serving import json_arrays
from tfgan.serving.http_errors import Rejection

_ENCODE = "encode"  # the signature of an encoder


@dataclasses.dataclass(frozen=True)
class ImageInput:
    """An input of a signature whose rows may be image files."""

    name: str
    spec: object  # `tf.TensorSpec`, [rows, height, width, channels]
    modality: Modality

    def from_json(self, rows, max_pixels):
        """A list of rows, as parsed JSON, as a NumPy array of raw data.

        Args:
          max_pixels: int, of all rows.
        Raises: Rejection for what is not an image, for other forms, rows of several sizes, and too
          many pixels.
        """
        if not isinstance(rows, list) or not rows:
            return json_arrays.from_json(self.name, rows, self.spec)
        if any(isinstance(row, dict) for row in rows):
            images, left = [], max_pixels
            for row in rows:
                images.append(self._decoded(row, left) if isinstance(row, dict) else self._raw(row))
                left -= images[-1][..., 0].size
            sizes = {image.shape for image in images}
            if len(sizes) > 1:
                received = " and ".join(_by(shape) for shape in sorted(sizes)[:2])
                raise Rejection(
                    400, f"The rows of {self.name!r} must have one size; received {received}."
                )
            array = np.stack(images)
        else:
            array = json_arrays.from_json(self.name, rows, self.spec)
        if not self.spec.shape.is_compatible_with(array.shape):
            expected = json_arrays.shape_in_words(self.spec)
            received = list(array.shape)
            raise Rejection(
                400, f"{self.name!r} must have the shape {expected}; received {received}."
            )
        if 0 in array.shape:
            raise Rejection(400, f"{self.name!r} must have pixels; received none.")
        if array[..., 0].size > max_pixels:
            raise Rejection(
                400, f"{self.name!r} may have {max_pixels:,} pixels in all; received more."
            )
        return array

    def _raw(self, row):
        spec = tf.TensorSpec(self.spec.shape[1:], self.spec.dtype)
        return json_arrays.from_json(self.name, row, spec)

    def _decoded(self, row, max_pixels):
        content = json_arrays.in_base64(self.name, row)
        try:
            header = image_header.read(content)
            if header.height * header.width > max_pixels:
                raise ValueError("it has more pixels than a request may have in all")
            return raw_images.decode(content, self.modality, self.spec.shape[-1])
        except ValueError as error:
            raise Rejection(400, f"{self.name!r} holds an unusable image: {error}.") from error


def of_model(signature, metadata):
    """The inputs of a `served_model.Signature` that take images: dict of `ImageInput` by name.

    Args:
      metadata: `export.metadata.Metadata`; None for a model that tfgan did not export.
    Raises: ValueError for metadata that describe no kind of data.
    """
    inputs = {}
    if metadata:
        for name, kind in _modalities(metadata, signature).items():
            spec = signature.inputs.get(name)
            if spec is not None and spec.shape.rank == 4 and spec.dtype == tf.uint8:
                inputs[name] = ImageInput(name, spec, kind)
    return inputs


def _modalities(metadata, signature):
    if signature.name in (_ENCODE, translation.NAMES["BtoA"]):  # they take the form of data
        own = metadata_files.modality_of(metadata["modality"], metadata["shape"])
        return {own.output_name if signature.name == _ENCODE else SOURCE: own}
    if "seed" not in signature.inputs:  # other signatures take what networks take
        return {}
    return {
        name: metadata_files.modality_of(condition["modality"], condition["shape"])
        for name, condition in metadata.get("conditions", {}).items()
    }


def _by(shape):
    height, width = shape[:2]
    return f"{width:,} x {height:,}"
