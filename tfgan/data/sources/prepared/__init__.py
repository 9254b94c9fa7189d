"""Prepared datasets: decoded images in TFRecord files with random access.

A set is a folder:

- `train-00000-of-00008.tfrecord`, ... and `held_out-00000-of-00001.tfrecord`, ...: the images to
  train on and the held-out ones, each part in its source's fixed random order (`Source.examples`),
  so that the files can be streamed as well.
- `index.json`, written last: what the set was made from, shape, classes, and for each file its
  count and SHA-256.

A record is a `tf.train.Example` that any program can read (`records`). All records of a dataset
have the same length, so the offset of each is known without reading the others.

No existing format replaces this. array_record (0.8.6) has random access and checksums, but its
writer takes gs:// for a local path, and reading small records takes it about 3.5 times as long.
.npy files have no checksums. Both would still need an index of what the dataset holds.
"""

from tfgan.data.sources.prepared.index import load_any
from tfgan.data.sources.prepared.source import find_set
from tfgan.data.sources.prepared.writing import Interrupted, check, write

__all__ = ["Interrupted", "check", "find_set", "load_any", "write"]
