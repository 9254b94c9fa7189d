"""Folders of small images."""

import os

import numpy as np
import tensorflow as tf

from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import image_folder


def pixels(index, height=4, width=6, channels=3):
    return np.full((height, width, channels), 10 * index, np.uint8)


def write(folder, name, image):
    path = f"{folder}/{name}"
    tf.io.gfile.makedirs(os.path.dirname(path))
    if not isinstance(image, bytes):
        image = tf.io.encode_png(image).numpy()
    tf.io.write_file(path, image)


def few_and_many(folder, **counts):
    for name, count in counts.items():
        for index in range(count):
            write(folder, f"{name}/{index}.png", pixels(index % 25))


def opened(folder, preprocess=None, **options):
    return image_folder.open_folder(
        str(folder), preprocess=preprocess or ImagePreprocessing(), **options
    )


def values(source):
    return (source.data[:, 0, 0, 0] // 10).tolist()


def labels_of(source):
    return source.label[source.rows]
