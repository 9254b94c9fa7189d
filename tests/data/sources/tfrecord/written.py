"""TFRecord files as people write them."""

import numpy as np
import tensorflow as tf


def feature(value):
    """Bytes, a text, or numbers as a feature."""
    if isinstance(value, bytes):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))
    numbers = np.ravel(value)
    if numbers.dtype.kind == "f":
        return tf.train.Feature(float_list=tf.train.FloatList(value=numbers))
    return tf.train.Feature(int64_list=tf.train.Int64List(value=numbers))


def record(features):
    """A `tf.train.Example` of a dict: bytes."""
    features = {key: feature(value) for key, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


def write(path, records, compression=""):
    with tf.io.TFRecordWriter(str(path), compression) as writer:
        for content in records:
            writer.write(content if isinstance(content, bytes) else record(content))
    return f"tfrecord:{path}"


def images(count=5, *shape):
    """Random images whose first two pixels are black and white."""
    result = np.random.default_rng(0).integers(0, 256, (count, *(shape or (8, 6, 3))), np.uint8)
    result[:, 0, 0], result[:, 0, 1] = 0, 255
    return result


def png(image):
    return tf.io.encode_png(image).numpy()
