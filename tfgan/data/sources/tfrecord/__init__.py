"""`tfrecord:PATTERN`: images in TFRecord files as people write them.

Each record is a `tf.train.Example`. Which feature is the image, whether it is the bytes of an image
file, raw pixels or a list of numbers, and in which order, is recognized in the first records
(`layout`) and logged in one line. Ambiguous records are refused with the choices, which are given
behind the name: `tfrecord:digits/*.tfrecord#shape=28x28x1`.
"""

from tfgan.data.sources.tfrecord.opening import open_records

__all__ = ["open_records"]
