"""assets.extra/source-N.png beside an exported model: sources that a page begins with."""

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.models.translation import SOURCE

_COUNT = 6


def write(folder, model, conditions):
    """Writes the first sources, masks in their colors; none for a model that does not translate.

    Args:
      folder: str, of a version.
      model: `GenerativeModel`.
      conditions: dict of raw arrays `[n, ...]`, as of `TrainingDetails`.
    """
    if not model.translation_networks or SOURCE not in conditions:
        return
    modality = model.condition_modalities[SOURCE]
    pictures = np.asarray(modality.pictures(np.asarray(conditions[SOURCE][:_COUNT])))
    for number, picture in enumerate(pictures):
        images.write_png(_path(folder, number), picture)


def read(folder):
    """The pictures in the folder of a version: list of bytes, PNG files; [] without any."""
    paths = (_path(folder, number) for number in range(_COUNT))
    contents = []
    for path in paths:
        if tf.io.gfile.exists(path):
            with tf.io.gfile.GFile(path, "rb") as file:
                contents.append(file.read())
    return contents


def _path(folder, number):
    return f"{folder}/assets.extra/source-{number}.png"
